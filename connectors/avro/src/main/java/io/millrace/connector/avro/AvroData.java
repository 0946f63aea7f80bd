package io.millrace.connector.avro;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.Collection;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.reflect.ReflectData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro's models of classes: how their records are made and looked into. Each trusts the classes
 * that the program's own schema names, and no others. Stateless.
 */
public final class AvroData {
    /* Schemas of plain classes name the collections of their fields, which Avro asks this one place
     * about. Those of the JDK do nothing when they are made. */
    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.getGlobal(), AvroData::isPlainCollection));
    }

    private AvroData() {}

    private static boolean isPlainCollection(Class<?> type) {
        return type.getName().startsWith("java.util.") && Collection.class.isAssignableFrom(type);
    }

    /**
     * The model of the records of a class.
     *
     * @param schema as they are made
     */
    public static GenericData of(Class<?> type, Schema schema) {
        if (SpecificRecord.class.isAssignableFrom(type)) {
            return new GeneratedData(type, schema);
        }
        return IndexedRecord.class.isAssignableFrom(type)
                ? GenericData.get()
                : new ReflectedData(type, schema);
    }

    /** The schema of any class, as Avro finds it by reflection. */
    public static Schema reflectedSchemaOf(Class<?> type) {
        try {
            return new ReflectData(type.getClassLoader()).getSchema(type);
        } catch (AvroRuntimeException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    type.getName() + " has no Avro schema: " + e.getMessage() + ".",
                    e);
        }
    }

    /** The schema of a generated class. */
    public static Schema schemaOf(Class<?> type) {
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
