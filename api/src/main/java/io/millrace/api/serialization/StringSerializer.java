package io.millrace.api.serialization;

import io.millrace.api.type.Types;

/** The engine's serializer of {@link String}, by name. Immutable. */
public final class StringSerializer extends ForwardingSerializer<String> {
    private static final long serialVersionUID = 1L;

    public static final StringSerializer INSTANCE = new StringSerializer();

    public StringSerializer() {
        super(Types.STRING.createSerializer(new SerializerSettings()));
    }

    @Override
    public StringSerializer duplicate() {
        return this;
    }
}
