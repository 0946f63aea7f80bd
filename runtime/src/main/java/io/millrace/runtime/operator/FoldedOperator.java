package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;

/**
 * Stands in the place of a window operator of a batch job whose windows take all records of a key
 * and fire at the end: folds the records until all have come, then gives it one value for each key.
 * Confined to its task.
 */
/* Time is held back with the records, as where they are sorted: see GroupedOperator. */
final class FoldedOperator extends Operator {
    private static final int STEPS_AT_ONCE = 2048;

    private final Operator operator;
    private final OperatorContext context;
    private final KeySelector<Object, Object> keySelector;
    private final KeyFold folds;
    // Records of an operator before are its to change; those of an exchange are ours. Null if not.
    private final Serializer<Object> copier;
    private long watermarkMs = Long.MIN_VALUE;
    private boolean given;

    FoldedOperator(
            Operator operator,
            OperatorContext context,
            KeySelector<Object, Object> keySelector,
            KeyFold folds) {
        super(operator);
        this.operator = operator;
        this.context = context;
        this.keySelector = keySelector;
        this.folds = folds;
        this.copier = context.operatorIndex() == 0 ? null : context.inputCopier();
    }

    @Override
    public void open() throws Exception {
        operator.open();
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            Object key = keySelector.getKey(record);
            folds.add(kept(record), timestampMs, key, KeyGroups.hash(key));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        try {
            folds.add(kept(record), timestampMs, keySelector.getKey(record), keyHash);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private Object kept(Object record) {
        return copier == null || record == null ? record : copier.copy(record);
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        folds.expect(keyHashes, count);
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
        if (!given) {
            if (!give()) {
                return false;
            }
            given = true;
            if (watermarkMs != Long.MIN_VALUE) {
                operator.watermark(watermarkMs);
            }
        }
        return operator.finish();
    }

    /** Gives some values; true if there are no more. */
    private boolean give() throws Exception {
        for (int i = 0; i < STEPS_AT_ONCE; i++) {
            KeyFold.Step step = folds.step();
            if (step == KeyFold.Step.END) {
                return true;
            }
            if (step == KeyFold.Step.VALUE) {
                operator.pushFolded(folds.key(), folds.keyHash(), folds.value());
                operator.endKey();
            }
        }
        return false;
    }

    @Override
    public int timers(TimeDomain domain) {
        return operator.timers(domain);
    }

    @Override
    public boolean awaitsMail() {
        return given && operator.awaitsMail();
    }

    @Override
    public boolean awaitsCheckpoint() {
        return operator.awaitsCheckpoint();
    }

    @Override
    public void release() throws Exception {
        try (folds) {
            operator.release();
        }
    }
}
