package io.millrace.api.serialization;

import io.millrace.api.type.Types;

/** The engine's serializer of {@link Short}, by name. Immutable. */
public final class ShortSerializer extends ForwardingSerializer<Short> {
    private static final long serialVersionUID = 1L;

    public static final ShortSerializer INSTANCE = new ShortSerializer();

    public ShortSerializer() {
        super(Types.SHORT.createSerializer(new SerializerSettings()));
    }

    @Override
    public ShortSerializer duplicate() {
        return this;
    }
}
