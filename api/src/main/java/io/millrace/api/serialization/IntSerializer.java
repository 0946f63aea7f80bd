package io.millrace.api.serialization;

import io.millrace.api.type.Types;

/** The engine's serializer of {@link Integer}, by name. Immutable. */
public final class IntSerializer extends ForwardingSerializer<Integer> {
    private static final long serialVersionUID = 1L;

    public static final IntSerializer INSTANCE = new IntSerializer();

    public IntSerializer() {
        super(Types.INT.createSerializer(new SerializerSettings()));
    }

    @Override
    public IntSerializer duplicate() {
        return this;
    }
}
