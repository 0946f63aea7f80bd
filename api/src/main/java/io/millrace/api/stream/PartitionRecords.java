package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.function.MapPartitionFunction;

/** The records of a partition as they are. Immutable. */
final class PartitionRecords<T> implements MapPartitionFunction<T, T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void mapPartition(Iterable<T> values, Collector<T> out) {
        values.forEach(out::collect);
    }
}
