package io.millrace.api.function;

import java.io.Serializable;

/**
 * One record out for each record of two streams.
 *
 * @param <IN1> records of the first stream
 * @param <IN2> records of the second stream
 * @param <OUT> records out
 */
public interface CoMapFunction<IN1, IN2, OUT> extends Function, Serializable {
    OUT map1(IN1 value) throws Exception;

    OUT map2(IN2 value) throws Exception;
}
