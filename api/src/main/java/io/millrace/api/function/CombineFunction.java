package io.millrace.api.function;

import java.io.Serializable;

/** Makes one record of some of the records of a group, before they are sent on. */
@FunctionalInterface
public interface CombineFunction<IN, OUT> extends Function, Serializable {
    /**
     * @param values may be read once
     */
    OUT combine(Iterable<IN> values) throws Exception;
}
