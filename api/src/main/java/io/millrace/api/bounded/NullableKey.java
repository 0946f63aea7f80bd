package io.millrace.api.bounded;

import io.millrace.api.function.KeySelector;

/** The key of a record, or something that stands for null. Immutable. */
final class NullableKey<T, K> implements KeySelector<T, Object> {
    private static final long serialVersionUID = 1L;

    private final KeySelector<T, K> selector;

    NullableKey(KeySelector<T, K> selector) {
        this.selector = selector;
    }

    @Override
    public Object getKey(T value) throws Exception {
        K key = selector.getKey(value);
        return key == null ? NoKey.INSTANCE : key;
    }

    /** So that records without a key go somewhere, always to the same subtask. */
    record NoKey(int unused) {
        static final NoKey INSTANCE = new NoKey(0);
    }
}
