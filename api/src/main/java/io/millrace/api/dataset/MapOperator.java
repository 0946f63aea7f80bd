package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * One record for each record. Not thread-safe.
 *
 * @param <IN> records that the function gets
 * @param <OUT> records
 */
public class MapOperator<IN, OUT> extends Operator<OUT, MapOperator<IN, OUT>> {
    MapOperator(ExecutionEnvironment env, SingleOutputStreamOperator<OUT> operator) {
        super(env, operator);
    }
}
