package io.millrace.api.function;

import java.io.Serializable;

/** Makes any number of records of each pair that a join finds. */
@FunctionalInterface
public interface FlatJoinFunction<IN1, IN2, OUT> extends Function, Serializable {
    void join(IN1 first, IN2 second, Collector<OUT> out) throws Exception;
}
