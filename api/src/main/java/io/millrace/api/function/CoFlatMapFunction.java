package io.millrace.api.function;

import java.io.Serializable;

/**
 * Any number of records out for each record of two streams.
 *
 * @param <IN1> records of the first stream
 * @param <IN2> records of the second stream
 * @param <OUT> records out
 */
public interface CoFlatMapFunction<IN1, IN2, OUT> extends Function, Serializable {
    void flatMap1(IN1 value, Collector<OUT> out) throws Exception;

    void flatMap2(IN2 value, Collector<OUT> out) throws Exception;
}
