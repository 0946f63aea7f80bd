package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * What a function makes of all records of each partition. Not thread-safe.
 *
 * @param <IN> records that the function gets
 * @param <OUT> records
 */
public class MapPartitionOperator<IN, OUT> extends Operator<OUT, MapPartitionOperator<IN, OUT>> {
    MapPartitionOperator(ExecutionEnvironment env, SingleOutputStreamOperator<OUT> operator) {
        super(env, operator);
    }
}
