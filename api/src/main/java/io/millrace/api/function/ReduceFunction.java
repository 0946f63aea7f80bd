package io.millrace.api.function;

/**
 * Folds two records of a key into one. Must be associative: batch jobs combine before they send.
 *
 * @param <T> the records
 */
@FunctionalInterface
public interface ReduceFunction<T> extends Function {
    /** May change and return {@code value1}, the fold so far; must not keep either. */
    T reduce(T value1, T value2) throws Exception;
}
