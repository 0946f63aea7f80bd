package io.millrace.runtime.serde;

import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;

/**
 * Makes codecs of single values: each value's bytes stand for themselves. Stateless; any thread.
 */
public final class ValueCodecs {
    private static final int FIRST_BYTES = 64;

    private ValueCodecs() {}

    /**
     * @param typeOrNull null if the type is to be found from the values
     * @param userLoader where a class that the bytes name is looked for
     */
    @SuppressWarnings("unchecked") // the serializer is of the type that was asked for
    public static <T> ValueCodec<T> of(TypeInformation<T> typeOrNull, ClassLoader userLoader) {
        Serializer<Object> serializer = Serializers.of(typeOrNull, userLoader);
        Serializer<Object> copier = CopyGuard.of(serializer);
        return new ValueCodec<>() {
            @Override
            public byte[] encode(T value) {
                BinaryWriter out = new BinaryWriter(FIRST_BYTES);
                out.writeBoolean(value != null);
                if (value != null) {
                    serializer.write(value, out);
                }
                return out.toByteArray();
            }

            @Override
            public T decode(byte[] bytes) {
                BinaryReader in = new BinaryReader(bytes);
                return in.readBoolean() ? (T) serializer.read(in) : null;
            }

            @Override
            public T copy(T value) {
                return value == null ? null : (T) copier.copy(value);
            }
        };
    }
}
