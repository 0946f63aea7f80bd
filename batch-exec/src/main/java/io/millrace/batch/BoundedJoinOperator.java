package io.millrace.batch;

import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.BoundedJoinWay;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.batch.join.HybridJoin;
import io.millrace.batch.join.JoinSide;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.TwoInputOperator;
import io.millrace.runtime.plan.KeyGroups;

/**
 * Joins two inputs that end, by a table of one of them, or by sorting both. Null is equal to no
 * key: what becomes of such a record is known at once.
 */
/* Memory: a half for the table (a quarter if records are held), a quarter for each sort. Without a table,
 * sorts have three eighths each.
 */
final class BoundedJoinOperator extends TwoInputOperator {
    private final FlatJoinFunction<Object, Object, Object> function;
    private final OperatorContext context;
    private final Receiver next;
    private final JoinOutcome outcome;
    // The input that is kept.
    private final int keptInput;
    private final JoinSide kept;
    private final JoinSide asking;
    private final HybridJoin join;
    private final HeldRecords held;
    private long watermarkMs = Long.MIN_VALUE;
    private boolean hasTime;

    @SuppressWarnings("unchecked") // the program's functions take its records
    BoundedJoinOperator(OperatorSpec.BoundedJoinSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.next = next;
        this.function = (FlatJoinFunction<Object, Object, Object>) spec.function();
        this.context = context;
        this.keptInput = spec.way() == BoundedJoinWay.TABLE_OF_SECOND ? SECOND : FIRST;
        boolean keepsFirst = keptInput == FIRST;
        this.outcome = new JoinOutcome(spec.join(), keepsFirst, function, next);
        JoinSide first =
                new JoinSide(
                        (KeySelector<Object, Object>) spec.firstKey(),
                        context.inputSerializer(),
                        context.inputCopier());
        JoinSide second =
                new JoinSide(
                        (KeySelector<Object, Object>) spec.secondKey(),
                        context.secondInputSerializer(),
                        context.secondInputCopier());
        this.kept = keepsFirst ? first : second;
        this.asking = keepsFirst ? second : first;
        this.held =
                HeldRecords.of(
                        context,
                        keepsFirst ? context.secondInputSerializer() : context.inputSerializer());
        this.join = join(spec.way() == BoundedJoinWay.SORT);
    }

    private HybridJoin join(boolean sorts) {
        BatchSettings settings = BatchSettings.from(context.config());
        long memoryBytes = settings.reduceMemoryBytes();
        return new HybridJoin(
                kept,
                asking,
                outcome,
                sorts ? 0 : memoryBytes / (held.mustHold() ? 4 : 2),
                settings.sorting(
                        context.spillDirectory(), sorts ? memoryBytes / 8 * 3 : memoryBytes / 4),
                settings.sorting(context.spillDirectory(), memoryBytes / 16),
                memoryBytes / 8);
    }

    @Override
    public void open() throws Exception {
        if (function != null) {
            context.open(function);
        }
    }

    @Override
    protected boolean takesInput(int input) {
        return input == keptInput || join.isReady() || held.mustHold();
    }

    @Override
    protected void endOfInput(int input) {
        if (input == keptInput) {
            join.endKept();
        }
    }

    @Override
    public void push(Object record, long timestampMs) {
        take(FIRST, record);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        take(FIRST, record, keyHash);
    }

    @Override
    public void pushSecond(Object record, long timestampMs) {
        take(SECOND, record);
    }

    @Override
    public void pushSecondKeyed(Object record, long timestampMs, int keyHash) {
        take(SECOND, record, keyHash);
    }

    private void take(int input, Object record) {
        try {
            Object key = (input == keptInput ? kept : asking).keyOf(record);
            take(input, record, key, key == null ? 0 : KeyGroups.hash(key));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void take(int input, Object record, int keyHash) {
        try {
            take(input, record, (input == keptInput ? kept : asking).keyOf(record), keyHash);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void take(int input, Object record, Object key, int keyHash) throws Exception {
        if (input == keptInput) {
            if (key == null) {
                outcome.kept(record, false);
            } else {
                join.keep(record, keyHash);
            }
        } else if (key == null) {
            outcome.asked(record, false);
        } else if (join.isReady()) {
            join.ask(record, key, keyHash);
        } else {
            held.add(record);
        }
    }

    /** Returns whether no record is held any more. */
    private boolean askHeld() throws Exception {
        for (int i = 0; held.advance(); i++) {
            Object record = held.record();
            Object key = asking.keyOf(record);
            join.ask(record, key, KeyGroups.hash(key));
            if (i == HeldRecords.PER_STEP) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void watermark(long timestampMs) {
        watermarkMs = timestampMs;
        hasTime = true;
    }

    @Override
    public void idle() {
        // Results have no time, so nobody behind waits for anything before the end.
    }

    @Override
    public void active() {
        // As idle.
    }

    @Override
    public void snapshot(SnapshotTurn turn) {
        throw NoSnapshot.of(context.name());
    }

    @Override
    public boolean finish() throws Exception {
        if (!askHeld() || !join.finish()) {
            return false;
        }
        if (hasTime) {
            next.watermark(watermarkMs);
        }
        return true;
    }

    @Override
    public void release() throws Exception {
        try (join;
                held) {
            if (function != null) {
                context.close(function);
            }
        }
    }
}
