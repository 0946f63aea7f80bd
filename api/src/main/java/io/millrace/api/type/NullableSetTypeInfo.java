package io.millrace.api.type;

import io.millrace.api.serialization.NullableSerializer;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import java.util.Set;

/** The description of a set that may itself be null. Immutable. */
public class NullableSetTypeInfo<T> extends SetTypeInfo<T> {
    private static final long serialVersionUID = 1L;

    public NullableSetTypeInfo(Class<T> elementTypeClass) {
        super(elementTypeClass);
    }

    public NullableSetTypeInfo(TypeInformation<T> elementTypeInfo) {
        super(elementTypeInfo);
    }

    @Override
    public TypeSerializer<Set<T>> createSerializer(SerializerConfig config) {
        return NullableSerializer.wrap(super.createSerializer(config));
    }

    @Override
    public String toString() {
        return "NullableSet<" + getElementTypeInfo() + ">";
    }
}
