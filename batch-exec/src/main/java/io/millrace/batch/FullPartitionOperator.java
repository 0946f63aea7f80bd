package io.millrace.batch;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;

/**
 * Keeps the records of its partition, or of its keys, until the input has ended, and gives them to
 * the program's function, a partition or key at a time.
 */
/* Time is held back until all results are out: whoever sets timers behind would else be too late. */
final class FullPartitionOperator extends Operator implements Collector<Object> {
    private static final Object NO_KEY = "";

    private final MapPartitionFunction<Object, Object> function;
    // Null if the partition is that of the subtask.
    private final KeySelector<Object, Object> keySelector;
    private final OperatorContext context;
    private final Receiver next;
    private final Serializer<Object> copier;
    private final SpilledPartitions partitions;
    private PartitionWalk walk;
    private long watermarkMs = Long.MIN_VALUE;

    @SuppressWarnings("unchecked")
    FullPartitionOperator(
            OperatorSpec.FullPartitionSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (MapPartitionFunction<Object, Object>) spec.function();
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.context = context;
        this.next = next;
        this.copier = context.inputCopier();
        FoldFormat format =
                new FoldFormat(
                        Serializers.of(null, context.userLoader()), context.inputSerializer());
        this.partitions =
                new SpilledPartitions(
                        context.spillDirectory(),
                        format,
                        new PartitionOrder(
                                format.keys(),
                                (KeySelector<Object, Object>) spec.sortKey(),
                                spec.ascending()),
                        BatchSettings.from(context.config()).reduceMemoryBytes());
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            Object key = keySelector == null ? NO_KEY : keySelector.getKey(record);
            int keyHash = keySelector == null ? 0 : KeyGroups.hash(key);
            partitions.add(
                    new FoldFormat.Fold(
                            keyHash, key, copier == null ? record : copier.copy(record)));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void watermark(long timestampMs) {
        watermarkMs = timestampMs;
    }

    @Override
    public void idle() {
        // Nothing is emitted before the end, so nobody behind waits for anything.
    }

    @Override
    public void active() {
        // As idle.
    }

    @Override
    public boolean finish() throws Exception {
        if (walk == null) {
            walk = new PartitionWalk(partitions.sorted());
            if (keySelector == null) {
                function.mapPartition(walk.all(), this);
            }
        }
        if (keySelector != null && walk.hasNextKey()) {
            function.mapPartition(walk.nextKey(), this);
            return false;
        }
        if (watermarkMs != Long.MIN_VALUE) {
            next.watermark(watermarkMs);
        }
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
        try (partitions) {
            context.close(function);
        }
    }
}
