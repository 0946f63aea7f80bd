package io.millrace.api.function;

import java.io.Serializable;

/** Makes any number of records of some of the records of a group, before they are sent on. */
@FunctionalInterface
public interface GroupCombineFunction<IN, OUT> extends Function, Serializable {
    /**
     * @param values may be read once
     */
    void combine(Iterable<IN> values, Collector<OUT> out) throws Exception;
}
