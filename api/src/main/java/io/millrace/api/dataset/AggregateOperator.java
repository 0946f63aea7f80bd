package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * One record for each group, with the sum, the least or the greatest of a field. Not thread-safe.
 *
 * @param <T> records
 */
public class AggregateOperator<T> extends Operator<T, AggregateOperator<T>> {
    AggregateOperator(ExecutionEnvironment env, SingleOutputStreamOperator<T> operator) {
        super(env, operator);
    }
}
