package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.function.ReduceFunction;
import java.util.Iterator;

/** Reduces a partition. Confined to its task. */
final class PartitionReduce<T> extends PartitionFunction<T, T> {
    private static final long serialVersionUID = 1L;

    private final ReduceFunction<T> function;

    PartitionReduce(ReduceFunction<T> function) {
        super(function);
        this.function = function;
    }

    @Override
    public void mapPartition(Iterable<T> values, Collector<T> out) throws Exception {
        Iterator<T> records = values.iterator();
        if (!records.hasNext()) {
            return;
        }
        T result = records.next();
        while (records.hasNext()) {
            result = function.reduce(result, records.next());
        }
        out.collect(result);
    }
}
