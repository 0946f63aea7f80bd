package io.millrace.api.function;

import java.io.Serializable;

/** Called once in each subtask, with all its records. */
@FunctionalInterface
public interface MapPartitionFunction<T, O> extends Function, Serializable {
    /**
     * @param values may be read once
     */
    void mapPartition(Iterable<T> values, Collector<O> out) throws Exception;
}
