package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * Any number of records for each record. Not thread-safe.
 *
 * @param <IN> records that the function gets
 * @param <OUT> records
 */
public class FlatMapOperator<IN, OUT> extends Operator<OUT, FlatMapOperator<IN, OUT>> {
    FlatMapOperator(ExecutionEnvironment env, SingleOutputStreamOperator<OUT> operator) {
        super(env, operator);
    }
}
