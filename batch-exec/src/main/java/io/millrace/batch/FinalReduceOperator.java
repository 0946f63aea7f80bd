package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.batch.sort.SortSettings;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.KeyTable;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.plan.KeyGroups;

/**
 * Folds all records of each key and emits each key's fold once, at the end of the input. Takes
 * records, and {@link Partial}s of a combiner before.
 */
/* Folds stand in a table in memory. When it has reached its share of the memory, its folds go to a sort
 * by hash, which puts on disk what exceeds the other share, and it begins empty; the end folds what was
 * sorted. So memory is bounded however many keys there are.
 */
final class FinalReduceOperator extends Operator {
    private static final int EMITTED_PER_STEP = 2048;

    private final KeySelector<Object, Object> keySelector;
    private final ReduceFunction<Object> function;
    private final Folding folding;
    private final OperatorContext context;
    private final Receiver next;
    private final KeyTable table = new KeyTable();
    private final TableMemory memory;
    private final SpilledFolds spilled;
    private int emittedSlots;
    private FoldMerger merger;

    @SuppressWarnings("unchecked")
    FinalReduceOperator(OperatorSpec.KeyedReduceSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.function = (ReduceFunction<Object>) spec.function();
        this.folding = new Folding(function);
        this.context = context;
        this.next = next;
        FoldSerializer format = FoldSerializer.of(context);
        long memoryBytes = BatchSettings.from(context.config()).reduceMemoryBytes();
        // A full table is a third of its size as bytes, so it is less than a run.
        long sortBytes = Math.max(SortSettings.MIN_MEMORY_BYTES, memoryBytes / 2);
        this.memory = new TableMemory(memoryBytes - memoryBytes / 2, format);
        this.spilled =
                new SpilledFolds(
                        format,
                        SortSettings.of(
                                context.spillDirectory(),
                                sortBytes,
                                BatchOptions.REDUCE_MEMORY.key()));
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        int keyHash;
        if (record instanceof Partial partial) {
            keyHash = partial.keyHash;
        } else {
            try {
                keyHash = KeyGroups.hash(keySelector.getKey(record));
            } catch (Throwable e) {
                throw UserCodeException.of(context.name(), e);
            }
        }
        pushKeyed(record, timestampMs, keyHash);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        try {
            if (record instanceof Partial partial) {
                fold(partial.key, keyHash, partial.fold);
            } else {
                fold(keySelector.getKey(record), keyHash, record);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void fold(Object key, int keyHash, Object value) throws Exception {
        int slot = table.slotOf(key, keyHash);
        if (table.keyAt(slot) != null) {
            table.update(slot, folding.fold(table.valueAt(slot), value));
            return;
        }
        table.insert(slot, key, keyHash, value);
        if (memory.isFullAfter(key, value, table.size())) {
            spilled.take(table);
            memory.reset();
        }
    }

    @Override
    public boolean finish() throws Exception {
        return spilled.isEmpty() ? emitTable() : emitMerged();
    }

    private boolean emitTable() {
        int emitted = 0;
        while (emittedSlots < table.slots() && emitted < EMITTED_PER_STEP) {
            if (table.keyAt(emittedSlots) != null) {
                next.push(table.valueAt(emittedSlots), RecordChunk.NO_TIMESTAMP);
                emitted++;
            }
            emittedSlots++;
        }
        return emittedSlots == table.slots();
    }

    private boolean emitMerged() throws Exception {
        if (merger == null) {
            spilled.take(table);
            merger = spilled.merged(folding);
        }
        for (int i = 0; i < EMITTED_PER_STEP; i++) {
            FoldSerializer.Fold fold = merger.next();
            if (fold == null) {
                return true;
            }
            next.push(fold.value(), RecordChunk.NO_TIMESTAMP);
        }
        return false;
    }

    @Override
    public void release() throws Exception {
        try (spilled) {
            context.close(function);
        }
    }
}
