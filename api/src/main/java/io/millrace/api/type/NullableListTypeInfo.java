package io.millrace.api.type;

import io.millrace.api.serialization.NullableSerializer;
import io.millrace.api.serialization.SerializerConfig;
import io.millrace.api.serialization.TypeSerializer;
import java.util.List;

/** The description of a list that may itself be null. Immutable. */
public class NullableListTypeInfo<T> extends ListTypeInfo<T> {
    private static final long serialVersionUID = 1L;

    public NullableListTypeInfo(Class<T> elementTypeClass) {
        super(elementTypeClass);
    }

    public NullableListTypeInfo(TypeInformation<T> elementTypeInfo) {
        super(elementTypeInfo);
    }

    @Override
    public TypeSerializer<List<T>> createSerializer(SerializerConfig config) {
        return NullableSerializer.wrap(super.createSerializer(config));
    }

    @Override
    public String toString() {
        return "NullableList<" + getElementTypeInfo() + ">";
    }
}
