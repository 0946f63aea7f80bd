package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * The records, sorted within each partition. Not thread-safe.
 *
 * @param <T> records
 */
public class SortPartitionOperator<T> extends Operator<T, SortPartitionOperator<T>> {
    SortPartitionOperator(ExecutionEnvironment env, SingleOutputStreamOperator<T> operator) {
        super(env, operator);
    }
}
