package io.millrace.api.type;

import io.millrace.api.serialization.NullableSerializer;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import java.util.Map;

/** The description of a map that may itself be null. Immutable. */
public class NullableMapTypeInfo<K, V> extends MapTypeInfo<K, V> {
    private static final long serialVersionUID = 1L;

    public NullableMapTypeInfo(TypeInformation<K> keyTypeInfo, TypeInformation<V> valueTypeInfo) {
        super(keyTypeInfo, valueTypeInfo);
    }

    public NullableMapTypeInfo(Class<K> keyClass, Class<V> valueClass) {
        super(keyClass, valueClass);
    }

    @Override
    public TypeSerializer<Map<K, V>> createSerializer(SerializerConfig config) {
        return NullableSerializer.wrap(super.createSerializer(config));
    }

    @Override
    public String toString() {
        return "NullableMap<" + getKeyTypeInfo() + ", " + getValueTypeInfo() + ">";
    }
}
