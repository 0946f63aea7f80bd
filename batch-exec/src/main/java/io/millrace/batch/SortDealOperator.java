package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.batch.sort.KeyNormalizer;
import io.millrace.batch.sort.KeyRanges;
import io.millrace.batch.sort.SortKeys;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.TwoInputOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends each record of its first input to the range of its key, once the second input has said
 * where ranges begin.
 */
/* Which range a record goes to depends on the ranges alone, so a subtask that runs again deals as before.
 * Where ranges themselves are made again, of another sample, those who have dealt by the old ones and
 * those who deal by the new ones would mix: each says by which it has dealt, and who sorts compares.
 */
final class SortDealOperator extends TwoInputOperator {
    private final KeySelector<Object, Object> keySelector;
    private final KeyNormalizer<Object> keys;
    private final int subtasks;
    private final OperatorContext context;
    private final Receiver next;
    private final HeldRecords held;
    private final List<Object> beginnings = new ArrayList<>();
    // Null until all beginnings are known.
    private KeyRanges ranges;

    @SuppressWarnings("unchecked")
    SortDealOperator(OperatorSpec.SortDealSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.keys = SortKeys.of(spec.keyType(), spec.ascending(), context.userLoader());
        this.subtasks = spec.ranges();
        this.context = context;
        this.next = next;
        this.held = HeldRecords.of(context, context.inputSerializer());
    }

    @Override
    public void pushSecond(Object record, long timestampMs) {
        beginnings.add(record);
    }

    @Override
    protected void endOfInput(int input) {
        if (input == SECOND) {
            try {
                ranges = new KeyRanges(keys, beginnings);
            } catch (Throwable e) {
                throw UserCodeException.of(context.name(), e);
            }
            beginnings.clear();
        }
    }

    @Override
    protected boolean takesInput(int input) {
        return input == SECOND || ranges != null || held.mustHold();
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            if (ranges == null) {
                held.add(record);
            } else {
                deal(record);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void deal(Object record) throws Exception {
        int range = ranges.rangeOf(keySelector.getKey(record));
        next.push(new DealtRecord(range, record), RecordChunk.NO_TIMESTAMP);
    }

    @Override
    public void snapshot(SnapshotTurn turn) {
        throw NoSnapshot.of(context.name());
    }

    @Override
    public boolean finish() throws Exception {
        for (int i = 0; held.advance(); i++) {
            deal(held.record());
            if (i == HeldRecords.PER_STEP) {
                return false;
            }
        }
        DealtEnd end = new DealtEnd(ranges.fingerprint());
        for (int range = 0; range < subtasks; range++) {
            next.push(new DealtRecord(range, end), RecordChunk.NO_TIMESTAMP);
        }
        return true;
    }

    @Override
    public void release() {
        held.close();
    }
}
