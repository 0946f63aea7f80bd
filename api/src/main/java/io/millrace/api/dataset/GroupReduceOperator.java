package io.millrace.api.dataset;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * What a function makes of all records of each group. Not thread-safe.
 *
 * @param <IN> records that the function gets
 * @param <OUT> records
 */
public class GroupReduceOperator<IN, OUT> extends Operator<OUT, GroupReduceOperator<IN, OUT>> {
    GroupReduceOperator(ExecutionEnvironment env, SingleOutputStreamOperator<OUT> operator) {
        super(env, operator);
    }
}
