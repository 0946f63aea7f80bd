package io.millrace.api.stream;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;

/** Aggregates a partition. Confined to its task. */
final class PartitionAggregate<T, ACC, R> extends PartitionFunction<T, R> {
    private static final long serialVersionUID = 1L;

    private final AggregateFunction<T, ACC, R> function;

    PartitionAggregate(AggregateFunction<T, ACC, R> function) {
        super(function);
        this.function = function;
    }

    @Override
    public void mapPartition(Iterable<T> values, Collector<R> out) throws Exception {
        ACC accumulator = function.createAccumulator();
        for (T value : values) {
            accumulator = function.add(value, accumulator);
        }
        out.collect(function.getResult(accumulator));
    }
}
