package io.millrace.connector.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** What reads and writes single records of generated classes and generic ones. Stateless. */
final class AvroDatums {
    private AvroDatums() {}

    /**
     * @param written the schema that a record was written with
     * @param wanted the schema that it is made with
     */
    static <T> DatumReader<T> reader(Class<T> type, Schema written, Schema wanted) {
        GenericData model = AvroData.of(type, wanted);
        return model instanceof SpecificData generated
                ? new SpecificDatumReader<>(written, wanted, generated)
                : new GenericDatumReader<>(written, wanted, model);
    }

    static <T> DatumWriter<T> writer(Class<T> type, Schema schema) {
        GenericData model = AvroData.of(type, schema);
        return model instanceof SpecificData generated
                ? new SpecificDatumWriter<>(schema, generated)
                : new GenericDatumWriter<>(schema, model);
    }
}
