package io.millrace.api.serialization;

import io.millrace.api.type.Types;

/** The engine's serializer of {@link Character}, by name. Immutable. */
public final class CharSerializer extends ForwardingSerializer<Character> {
    private static final long serialVersionUID = 1L;

    public static final CharSerializer INSTANCE = new CharSerializer();

    public CharSerializer() {
        super(Types.CHAR.createSerializer(new SerializerSettings()));
    }

    @Override
    public CharSerializer duplicate() {
        return this;
    }
}
