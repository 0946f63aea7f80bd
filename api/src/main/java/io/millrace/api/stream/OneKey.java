package io.millrace.api.stream;

import io.millrace.api.function.KeySelector;

/** The same key for all records. */
final class OneKey<T> implements KeySelector<T, Byte> {
    private static final long serialVersionUID = 1L;

    @Override
    public Byte getKey(T value) {
        return 0;
    }
}
