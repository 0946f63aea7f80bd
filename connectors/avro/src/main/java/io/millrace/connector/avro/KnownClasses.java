package io.millrace.connector.avro;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * A class and those that its schema names: these are trusted, since the program brings them itself;
 * a name in stored data is not enough. Confined to its model.
 */
final class KnownClasses {
    private final Map<String, Class<?>> known = new HashMap<>();
    private final ClassLoader loader;

    KnownClasses(Class<?> type, String name, Schema schema) {
        this.loader = type.getClassLoader();
        collect(schema);
        known.put(name, type);
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
        String name = SpecificData.getClassName(schema);
        if (known.containsKey(name)) {
            return false;
        }
        try {
            known.put(name, Class.forName(name, true, loader));
        } catch (ClassNotFoundException e) {
            known.put(name, null); // Avro goes on with a generic record
        }
        return true;
    }

    /** Null if it is not known. */
    Class<?> get(String name) {
        return known.get(name);
    }
}
