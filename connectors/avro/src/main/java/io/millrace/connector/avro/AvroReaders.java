package io.millrace.connector.avro;

import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.StreamFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Formats that read Avro's container files, for {@code FileSource.forRecordStreamFormat}. Files are
 * split between subtasks at their blocks; records are converted from the schema of the file by
 * Avro's rules. Stateless.
 */
public final class AvroReaders {
    private AvroReaders() {}

    /** Records of a class that Avro generated. */
    public static <T extends SpecificRecordBase> StreamFormat<T> forSpecificRecord(
            Class<T> typeClass) {
        return new AvroRecordFormat<>(
                typeClass, AvroData.schemaOf(typeClass), new AvroTypeInfo<>(typeClass));
    }

    /** Generic records of a schema. */
    public static StreamFormat<GenericRecord> forGenericRecord(Schema schema) {
        return new AvroRecordFormat<>(
                GenericRecord.class, schema, new GenericRecordAvroTypeInfo(schema));
    }

    /** Objects of any class, as Avro looks into it by reflection. */
    public static <T> StreamFormat<T> forReflectRecord(Class<T> typeClass) {
        return new AvroRecordFormat<>(
                typeClass, AvroData.reflectedSchemaOf(typeClass), TypeInformation.of(typeClass));
    }
}
