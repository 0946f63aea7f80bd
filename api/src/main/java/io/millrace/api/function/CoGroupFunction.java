package io.millrace.api.function;

import java.io.Serializable;

/**
 * Called once for each key that either of two inputs has, with all its records of both.
 *
 * @param <IN1> records of the first input
 * @param <IN2> records of the second input
 * @param <O> records out
 */
@FunctionalInterface
public interface CoGroupFunction<IN1, IN2, O> extends Function, Serializable {
    /**
     * @param first empty if the first input has none of this key; may be read once
     * @param second empty if the second input has none of this key; may be read once
     */
    void coGroup(Iterable<IN1> first, Iterable<IN2> second, Collector<O> out) throws Exception;
}
