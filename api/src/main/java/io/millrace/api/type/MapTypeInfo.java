package io.millrace.api.type;

import java.util.Map;

/** The description of a map. Immutable. */
public class MapTypeInfo<K, V> extends CollectionType<Map<K, V>> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unchecked")
    public MapTypeInfo(TypeInformation<K> keyTypeInfo, TypeInformation<V> valueTypeInfo) {
        super((Class<Map<K, V>>) (Class<?>) Map.class, keyTypeInfo, valueTypeInfo);
    }

    public MapTypeInfo(Class<K> keyClass, Class<V> valueClass) {
        this(TypeInformation.of(keyClass), TypeInformation.of(valueClass));
    }

    public TypeInformation<K> getKeyTypeInfo() {
        return element(0);
    }

    public TypeInformation<V> getValueTypeInfo() {
        return element(1);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.MAP;
    }

    @Override
    public String toString() {
        return "Map<" + getKeyTypeInfo() + ", " + getValueTypeInfo() + ">";
    }
}
