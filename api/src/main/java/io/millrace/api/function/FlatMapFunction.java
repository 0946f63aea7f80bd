package io.millrace.api.function;

/**
 * Turns each record into none, one or many others.
 *
 * @param <T> records in
 * @param <O> records out
 */
@FunctionalInterface
public interface FlatMapFunction<T, O> extends Function {
    void flatMap(T value, Collector<O> out) throws Exception;
}
