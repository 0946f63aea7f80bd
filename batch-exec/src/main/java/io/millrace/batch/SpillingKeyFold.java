package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.KeyFold;
import io.millrace.runtime.operator.OperatorContext;

/** Folds the records of a window operator by key in bounded memory. Confined to its task. */
/* Where records have no timestamps, as in most batch jobs, their order is that of their arrival, and a table
 * of values does it: see KeyedFolds. Those that have some are folded by them, as they are where they are
 * sorted for their operator, so they are sorted here; then all of the memory is the sort's.
 */
final class SpillingKeyFold implements KeyFold {
    private final OperatorContext context;
    private final PartitionFold fold;
    private final KeySelector<Object, Object> keySelector;
    private final KeyedFolds.Forms forms;
    // Null before the first record.
    private KeyedFolds folds;

    @SuppressWarnings("unchecked") // the selector takes the input's records
    SpillingKeyFold(OperatorContext context, OperatorSpec.WindowSpec spec) {
        this.context = context;
        this.fold = PartitionFold.of(spec.contents());
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.forms = KeyedFolds.Forms.of(spec.contents(), context);
    }

    @Override
    public void add(Object record, long timestampMs, Object key, int keyHash) throws Exception {
        boolean timed = timestampMs != RecordChunk.NO_TIMESTAMP;
        if (folds == null) {
            KeyedFolds.Forms written = timed ? forms.ofRecords() : forms;
            folds = new KeyedFolds(fold, keySelector, written, true, context);
        }
        if (timed) {
            folds.addTimed(record, timestampMs, key, keyHash);
        } else {
            folds.add(record, key, keyHash);
        }
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        if (folds != null) {
            folds.expect(keyHashes, count);
        }
    }

    @Override
    public Step step() throws Exception {
        if (folds == null) {
            return Step.END;
        }
        return switch (folds.step()) {
            case ON -> Step.ON;
            case RESULT -> Step.VALUE;
            case END -> Step.END;
        };
    }

    @Override
    public Object key() {
        return folds.key();
    }

    @Override
    public int keyHash() {
        return folds.keyHash();
    }

    @Override
    public Object value() {
        return folds.result();
    }

    @Override
    public void close() {
        if (folds != null) {
            folds.close();
        }
    }
}
