package io.millrace.api.state;

import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.type.ListTypeInfo;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/** The name of a list and the type of its elements. */
public class ListStateDescriptor<T> extends StateDescriptor<ListState<T>, List<T>> {
    private static final long serialVersionUID = 1L;

    public ListStateDescriptor(String name, Class<T> elementTypeClass) {
        this(name, describe(elementTypeClass));
    }

    public ListStateDescriptor(String name, TypeInformation<T> elementTypeInfo) {
        super(name, new ListTypeInfo<>(elementTypeInfo), null);
    }

    public ListStateDescriptor(String name, TypeSerializer<T> typeSerializer) {
        this(name, SerializerType.of(typeSerializer));
        serializersAreGiven();
    }

    public TypeInformation<T> elementType() {
        return ((ListTypeInfo<T>) typeInformation()).getElementTypeInfo();
    }

    /**
     * A serializer of single elements, for the caller alone.
     *
     * @throws IllegalStateException as {@link #getSerializer}
     */
    public TypeSerializer<T> getElementSerializer() {
        requireSerializers();
        return elementType().createSerializer(new SerializerSettings());
    }

    @Override
    public Type getType() {
        return Type.LIST;
    }

    @Override
    public ListState<T> in(KeyedStateStore store) {
        return store.getListState(this);
    }
}
