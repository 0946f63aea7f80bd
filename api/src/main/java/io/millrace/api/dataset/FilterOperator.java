package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * The records that a function lets pass. Not thread-safe.
 *
 * @param <T> records
 */
public class FilterOperator<T> extends Operator<T, FilterOperator<T>> {
    FilterOperator(ExecutionEnvironment env, SingleOutputStreamOperator<T> operator) {
        super(env, operator);
    }
}
