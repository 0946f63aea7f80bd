package io.millrace.api.function;

import java.io.Serializable;

/** Makes one record of each pair of two inputs. */
@FunctionalInterface
public interface CrossFunction<IN1, IN2, OUT> extends Function, Serializable {
    OUT cross(IN1 first, IN2 second) throws Exception;
}
