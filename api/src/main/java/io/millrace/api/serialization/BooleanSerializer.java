package io.millrace.api.serialization;

import io.millrace.api.type.Types;

/** The engine's serializer of {@link Boolean}, by name. Immutable. */
public final class BooleanSerializer extends ForwardingSerializer<Boolean> {
    private static final long serialVersionUID = 1L;

    public static final BooleanSerializer INSTANCE = new BooleanSerializer();

    public BooleanSerializer() {
        super(Types.BOOLEAN.createSerializer(new SerializerSettings()));
    }

    @Override
    public BooleanSerializer duplicate() {
        return this;
    }
}
