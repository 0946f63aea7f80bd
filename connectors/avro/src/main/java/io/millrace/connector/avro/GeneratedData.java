package io.millrace.connector.avro;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Avro's model of one generated class and of those that its schema names: these are trusted, since
 * the program brings them itself; a name in stored data is not enough. Confined to its serializer.
 */
final class GeneratedData extends SpecificData {
    private final Map<String, Class<?>> known = new HashMap<>();

    GeneratedData(Class<?> type, Schema schema) {
        super(type.getClassLoader());
        SpecificData conversions = SpecificData.getForClass(type);
        conversions.getConversions().forEach(this::addLogicalTypeConversion);
        collect(schema);
        known.put(getClassName(schema), type);
    }

    private void collect(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (put(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ENUM, FIXED -> put(schema);
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::collect);
            default -> {}
        }
    }

    /** Whether it is new. */
    private boolean put(Schema schema) {
        String name = getClassName(schema);
        if (known.containsKey(name)) {
            return false;
        }
        try {
            known.put(name, Class.forName(name, true, getClassLoader()));
        } catch (ClassNotFoundException e) {
            known.put(name, null); // Avro goes on with a generic record
        }
        return true;
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
