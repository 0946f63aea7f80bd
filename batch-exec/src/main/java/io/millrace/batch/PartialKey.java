package io.millrace.batch;

import io.millrace.api.function.KeySelector;

/**
 * The key of a record, or the one that a {@link Partial} has: that of its fold may be another one.
 * Immutable.
 */
final class PartialKey implements KeySelector<Object, Object> {
    private static final long serialVersionUID = 1L;

    // Used within its operator: never serialized.
    private final transient KeySelector<Object, Object> records;

    PartialKey(KeySelector<Object, Object> records) {
        this.records = records;
    }

    @Override
    public Object getKey(Object value) throws Exception {
        return value instanceof Partial partial ? partial.key : records.getKey(value);
    }
}
