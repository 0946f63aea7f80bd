package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;

/**
 * Folds the records of its partition, or of each key, as they come, and emits one result for each
 * at the end of the input.
 */
final class PartitionFoldOperator extends BlockingOperator {
    private static final int STEPS_AT_ONCE = 2048;

    private final PartitionFold fold;
    // Null if the partition is that of the subtask.
    private final KeySelector<Object, Object> keySelector;
    private final OperatorContext context;
    private final Receiver next;
    // Records of an operator before are its to change; those of an exchange are ours. Null if not.
    private final Serializer<Object> copier;
    // Null without keys.
    private final KeyedFolds folds;
    // Without keys.
    private boolean hasWhole;
    private Object whole;

    @SuppressWarnings("unchecked")
    PartitionFoldOperator(
            OperatorSpec.PartitionFoldSpec spec, OperatorContext context, Receiver next) {
        super(context.name(), next);
        this.fold = PartitionFold.of(spec.contents());
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.context = context;
        this.next = next;
        this.copier = context.operatorIndex() == 0 ? null : context.inputCopier();
        this.folds =
                keySelector == null
                        ? null
                        : new KeyedFolds(
                                fold,
                                keySelector,
                                KeyedFolds.Forms.of(spec.contents(), context),
                                false,
                                context);
    }

    @Override
    public void open() throws Exception {
        context.open(fold.function());
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            if (folds == null) {
                foldWhole(kept(record));
            } else {
                Object key = keySelector.getKey(record);
                folds.add(kept(record), key, KeyGroups.hash(key));
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        if (folds == null) {
            push(record, timestampMs);
            return;
        }
        try {
            folds.add(kept(record), keySelector.getKey(record), keyHash);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        if (folds != null) {
            folds.expect(keyHashes, count);
        }
    }

    private Object kept(Object record) {
        return copier == null || record == null ? record : copier.copy(record);
    }

    private void foldWhole(Object record) throws Exception {
        whole = hasWhole ? fold.add(whole, record) : fold.begin(record);
        hasWhole = true;
    }

    @Override
    public boolean finish() throws Exception {
        boolean emitted = folds == null ? emitWhole() : emitKeys();
        if (emitted) {
            passTime();
        }
        return emitted;
    }

    private boolean emitWhole() {
        if (hasWhole || fold.hasEmpty()) {
            emit(fold.result(hasWhole ? whole : fold.empty()));
        }
        return true;
    }

    private boolean emitKeys() throws Exception {
        for (int i = 0; i < STEPS_AT_ONCE; i++) {
            KeyedFolds.Step step = folds.step();
            if (step == KeyedFolds.Step.END) {
                return true;
            }
            if (step == KeyedFolds.Step.RESULT) {
                emit(folds.result());
            }
        }
        return false;
    }

    private void emit(Object result) {
        next.push(result, RecordChunk.NO_TIMESTAMP);
    }

    @Override
    public void release() throws Exception {
        try (folds) {
            context.close(fold.function());
        }
    }
}
