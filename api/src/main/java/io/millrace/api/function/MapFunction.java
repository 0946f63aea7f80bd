package io.millrace.api.function;

/**
 * Turns each record into one other.
 *
 * @param <T> records in
 * @param <O> records out
 */
@FunctionalInterface
public interface MapFunction<T, O> extends Function {
    O map(T value) throws Exception;
}
