package io.millrace.connector.avro;

import org.apache.avro.Schema;
import org.apache.avro.reflect.ReflectData;

/** Avro's model of one class that it looks into by reflection. Confined to its reader or writer. */
final class ReflectedData extends ReflectData {
    private final Class<?> type;
    private final Schema schema;
    private final KnownClasses known;
    private Object fields; // Avro's, of the type; null until the first record

    ReflectedData(Class<?> type, Schema schema) {
        super(type.getClassLoader());
        this.type = type;
        this.schema = schema;
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

    /* Avro looks a field up by its name, in maps by class, unless it is given what it has found before;
     * writers of Parquet do not give it. Their positions leave out fields that are always null. */
    @Override
    public Object getField(Object record, String name, int position) {
        if (record.getClass() != type || !schema.getFields().get(position).name().equals(name)) {
            return super.getField(record, name, position);
        }
        if (fields == null) {
            fields = getRecordState(record, schema);
        }
        return getField(record, name, position, fields);
    }
}
