package io.millrace.api.serialization;

import io.millrace.api.type.Types;

/** The engine's serializer of {@link Byte}, by name. Immutable. */
public final class ByteSerializer extends ForwardingSerializer<Byte> {
    private static final long serialVersionUID = 1L;

    public static final ByteSerializer INSTANCE = new ByteSerializer();

    public ByteSerializer() {
        super(Types.BYTE.createSerializer(new SerializerSettings()));
    }

    @Override
    public ByteSerializer duplicate() {
        return this;
    }
}
