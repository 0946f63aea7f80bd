package io.millrace.api.type;

/**
 * Takes single values through bytes, as the engine's serializer of their type writes them. Made by
 * the engine; confined to its user. For values that travel beside the exchanges: elements of a
 * collection on their way out, results on their way back.
 */
public interface ValueCodec<T> {
    /** Bytes that {@link #decode} reads without any other. */
    byte[] encode(T value);

    T decode(byte[] bytes);

    /**
     * A value that shares nothing that can change with {@code value}; the same one if nothing can.
     */
    default T copy(T value) {
        return decode(encode(value));
    }
}
