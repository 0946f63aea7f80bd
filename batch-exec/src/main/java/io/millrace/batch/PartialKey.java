package io.millrace.batch;

import io.millrace.api.function.KeySelector;

/** The key that a {@link Partial} has: that of its fold may be another one. Immutable. */
final class PartialKey implements KeySelector<Object, Object> {
    private static final long serialVersionUID = 1L;

    @Override
    public Object getKey(Object partial) {
        return ((Partial) partial).key;
    }
}
