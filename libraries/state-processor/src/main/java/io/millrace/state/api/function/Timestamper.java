package io.millrace.state.api.function;

import io.millrace.api.function.Function;

/**
 * Says when a record was. Confined to its task.
 *
 * @param <T> records
 */
@FunctionalInterface
public interface Timestamper<T> extends Function {
    /** Milliseconds since the epoch. */
    long timestamp(T element);
}
