package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * One record for each group, folded of its records. Not thread-safe.
 *
 * @param <T> records
 */
public class ReduceOperator<T> extends Operator<T, ReduceOperator<T>> {
    ReduceOperator(ExecutionEnvironment env, SingleOutputStreamOperator<T> operator) {
        super(env, operator);
    }
}
