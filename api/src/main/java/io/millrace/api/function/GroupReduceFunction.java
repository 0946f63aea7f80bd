package io.millrace.api.function;

import java.io.Serializable;

/** Makes any number of records of all records of a group. */
@FunctionalInterface
public interface GroupReduceFunction<T, O> extends Function, Serializable {
    /**
     * @param values may be read once
     */
    void reduce(Iterable<T> values, Collector<O> out) throws Exception;
}
