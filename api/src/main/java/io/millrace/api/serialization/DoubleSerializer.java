package io.millrace.api.serialization;

import io.millrace.api.type.Types;

/** The engine's serializer of {@link Double}, by name. Immutable. */
public final class DoubleSerializer extends ForwardingSerializer<Double> {
    private static final long serialVersionUID = 1L;

    public static final DoubleSerializer INSTANCE = new DoubleSerializer();

    public DoubleSerializer() {
        super(Types.DOUBLE.createSerializer(new SerializerSettings()));
    }

    @Override
    public DoubleSerializer duplicate() {
        return this;
    }
}
