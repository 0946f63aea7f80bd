package io.millrace.connector.avro;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Avro's model of a class. Stateless. */
final class AvroData {
    private AvroData() {}

    /**
     * The model of the records of a class.
     *
     * @param schema as they are made
     */
    static GenericData of(Class<?> type, Schema schema) {
        return SpecificRecord.class.isAssignableFrom(type)
                ? new GeneratedData(type, schema)
                : GenericData.get();
    }

    /** The schema of a generated class. */
    static Schema schemaOf(Class<?> type) {
        try {
            return SpecificData.getForClass(type).getSchema(type);
        } catch (AvroRuntimeException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    type.getName() + " has no Avro schema. Let Avro generate the class.",
                    e);
        }
    }
}
