package io.millrace.api.serialization;

import io.millrace.api.type.Types;

/** The engine's serializer of {@link Float}, by name. Immutable. */
public final class FloatSerializer extends ForwardingSerializer<Float> {
    private static final long serialVersionUID = 1L;

    public static final FloatSerializer INSTANCE = new FloatSerializer();

    public FloatSerializer() {
        super(Types.FLOAT.createSerializer(new SerializerSettings()));
    }

    @Override
    public FloatSerializer duplicate() {
        return this;
    }
}
