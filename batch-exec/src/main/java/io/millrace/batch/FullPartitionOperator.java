package io.millrace.batch;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.batch.sort.ExternalSorter;
import io.millrace.batch.sort.SortOrder;
import io.millrace.batch.sort.SortSettings;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Serializers;

/**
 * Keeps the records of its partition, or of its keys, until the input has ended, and gives them to
 * the program's function, a partition or key at a time.
 */
final class FullPartitionOperator extends BlockingOperator implements Collector<Object> {
    private final MapPartitionFunction<Object, Object> function;
    // Null if the partition is that of the subtask.
    private final KeySelector<Object, Object> keySelector;
    private final OperatorContext context;
    private final Receiver next;
    private final ExternalSorter<Object> sorter;
    private PartitionWalk walk;

    @SuppressWarnings("unchecked")
    FullPartitionOperator(
            OperatorSpec.FullPartitionSpec spec, OperatorContext context, Receiver next) {
        super(context.name(), next);
        this.function = (MapPartitionFunction<Object, Object>) spec.function();
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.context = context;
        this.next = next;
        PartitionKeys keys =
                new PartitionKeys(
                        keySelector,
                        (KeySelector<Object, Object>) spec.sortKey(),
                        spec.ascending(),
                        Serializers.of(null, context.userLoader()));
        this.sorter =
                new ExternalSorter<>(
                        SortOrder.of(keys),
                        context.inputSerializer(),
                        SortSettings.of(
                                context.spillDirectory(),
                                BatchSettings.from(context.config()).reduceMemoryBytes(),
                                BatchOptions.REDUCE_MEMORY.key()));
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            sorter.add(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public boolean finish() throws Exception {
        if (walk == null) {
            walk = new PartitionWalk(sorter.sorted(), keySelector);
            if (keySelector == null) {
                function.mapPartition(walk.all(), this);
            }
        }
        if (keySelector != null && walk.hasNextKey()) {
            function.mapPartition(walk.nextKey(), this);
            return false;
        }
        passTime();
        return true;
    }

    @Override
    public void collect(Object record) {
        next.push(record, RecordChunk.NO_TIMESTAMP);
    }

    @Override
    public void close() {
        // A function may call it; the collector lives as long as the operator.
    }

    @Override
    public void release() throws Exception {
        try (sorter) {
            context.close(function);
        }
    }
}
