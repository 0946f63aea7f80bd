package io.millrace.api.serialization;

import io.millrace.api.type.Types;

/** The engine's serializer of {@link Long}, by name. Immutable. */
public final class LongSerializer extends ForwardingSerializer<Long> {
    private static final long serialVersionUID = 1L;

    public static final LongSerializer INSTANCE = new LongSerializer();

    public LongSerializer() {
        super(Types.LONG.createSerializer(new SerializerSettings()));
    }

    @Override
    public LongSerializer duplicate() {
        return this;
    }
}
