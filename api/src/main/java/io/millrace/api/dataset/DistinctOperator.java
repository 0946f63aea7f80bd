package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * One record of each key. Not thread-safe.
 *
 * @param <T> records
 */
public class DistinctOperator<T> extends Operator<T, DistinctOperator<T>> {
    DistinctOperator(ExecutionEnvironment env, SingleOutputStreamOperator<T> operator) {
        super(env, operator);
    }
}
