package io.millrace.api.type;

import java.util.List;
import java.util.Map;

/** The description of a map. Immutable. */
public class MapTypeInfo<K, V> extends SimpleType<Map<K, V>> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<K> key;
    private final TypeInformation<V> value;

    @SuppressWarnings("unchecked")
    public MapTypeInfo(TypeInformation<K> key, TypeInformation<V> value) {
        super((Class<Map<K, V>>) (Class<?>) Map.class);
        this.key = key;
        this.value = value;
    }

    public TypeInformation<K> getKeyTypeInfo() {
        return key;
    }

    public TypeInformation<V> getValueTypeInfo() {
        return value;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.MAP;
    }

    @Override
    List<TypeInformation<?>> elements() {
        return List.of(key, value);
    }

    @Override
    public String toString() {
        return "Map<" + key + ", " + value + ">";
    }
}
