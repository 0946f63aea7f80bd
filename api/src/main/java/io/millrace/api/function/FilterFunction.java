package io.millrace.api.function;

/**
 * Decides which records pass. Must not change the record.
 *
 * @param <T> records in and out
 */
@FunctionalInterface
public interface FilterFunction<T> extends Function {
    /** True if the record passes. */
    boolean filter(T value) throws Exception;
}
