package io.millrace.connector.avro;

import org.apache.avro.Schema;
import org.apache.avro.reflect.ReflectData;

/** Avro's model of one class that it looks into by reflection. Confined to its reader or writer. */
final class ReflectedData extends ReflectData {
    private final KnownClasses known;

    ReflectedData(Class<?> type, Schema schema) {
        super(type.getClassLoader());
        known = new KnownClasses(type, getClassName(schema), schema);
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature of Avro
    public Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> known.get(getClassName(schema));
            default -> super.getClass(schema);
        };
    }
}
