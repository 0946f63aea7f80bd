package io.millrace.batch;

import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.BoundedJoinWay;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.batch.join.HashSorted;
import io.millrace.batch.join.JoinSide;
import io.millrace.batch.join.JoinTable;
import io.millrace.batch.join.MergeJoin;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.TwoInputOperator;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryWriter;

/**
 * Joins two inputs that end, by a table of one of them, or by sorting both. Null is equal to no
 * key.
 */
/* A hybrid: the input that is kept fills a table; as it is full, its largest part is given to a sort by hash,
 * and so is all that belongs to that part from then on. When that input has ended, the other one asks: what
 * the table has is answered at once, what asks for a part that was given away goes to a second sort. The end
 * merges both sorts. So a table that fits costs no disk, and one that does not costs what does not fit.
 *
 * Memory: a half for the table (a quarter if records are held), a quarter for each sort. When the sorts are merged the table is gone, and its
 * half is for records of one hash that must meet in memory. Without a table, sorts have three eighths each.
 */
final class BoundedJoinOperator extends TwoInputOperator {
    private static final int WALKED_PER_STEP = 1024;

    private final FlatJoinFunction<Object, Object, Object> function;
    private final OperatorContext context;
    private final JoinOutcome outcome;
    // The input that is kept.
    private final int keptInput;
    private final JoinSide kept;
    private final JoinSide asking;
    // Null if both are sorted.
    private final JoinTable table;
    private final HashSorted keptSorted;
    private final HashSorted askingSorted;
    private final MergeJoin merge;
    private final HeldRecords held;
    private JoinTable.Walk walk;
    private boolean sealed;
    private boolean walked;
    private long watermarkMs = Long.MIN_VALUE;
    private boolean hasTime;
    private final Receiver next;

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
        BatchSettings settings = BatchSettings.from(context.config());
        long memoryBytes = settings.reduceMemoryBytes();
        boolean sorts = spec.way() == BoundedJoinWay.SORT;
        this.table = sorts ? null : new JoinTable(memoryBytes / (held.mustHold() ? 4 : 2));
        long eachSortBytes = sorts ? memoryBytes / 8 * 3 : memoryBytes / 4;
        this.keptSorted =
                HashSorted.byHash(kept, settings.sorting(context.spillDirectory(), eachSortBytes));
        this.askingSorted =
                HashSorted.byHash(
                        asking, settings.sorting(context.spillDirectory(), eachSortBytes));
        this.merge =
                new MergeJoin(
                        keptSorted,
                        kept,
                        askingSorted,
                        asking,
                        outcome,
                        memoryBytes / 8,
                        settings.sorting(context.spillDirectory(), memoryBytes / 16));
    }

    @Override
    public void open() throws Exception {
        if (function != null) {
            context.open(function);
        }
    }

    @Override
    protected boolean takesInput(int input) {
        return input == keptInput || table == null || sealed || held.mustHold();
    }

    @Override
    protected void endOfInput(int input) {
        if (input == keptInput && table != null) {
            table.seal();
            sealed = true;
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
                keep(record, keyHash);
            }
        } else if (key == null) {
            outcome.asked(record, false);
        } else if (table == null) {
            askingSorted.add(keyHash, record);
        } else if (sealed) {
            ask(record, key, keyHash);
        } else {
            held.add(record);
        }
    }

    private void keep(Object record, int keyHash) {
        BinaryWriter bytes = kept.write(record);
        while (table != null && !table.isGiven(keyHash)) {
            if (table.add(keyHash, bytes.array(), 0, bytes.size())) {
                return;
            }
            table.giveLargest(keyHash, keptSorted::add);
        }
        keptSorted.add(keyHash, bytes.array(), 0, bytes.size());
    }

    private void ask(Object record, Object key, int keyHash) throws Exception {
        if (table.isGiven(keyHash)) {
            askingSorted.add(keyHash, record);
            return;
        }
        boolean pairs = outcome.wantsPairs();
        boolean marks = outcome.wantsKept();
        boolean matched = false;
        long place = table.first(keyHash);
        while (place != JoinTable.NONE) {
            Object other = kept.read(table.bytes(), table.from(), table.length());
            boolean matches = key.equals(kept.keyOf(other));
            if (matches && marks) {
                table.match();
            }
            place = table.next();
            if (!matches) {
                continue;
            }
            matched = true;
            if (pairs) {
                outcome.pair(other, place == JoinTable.NONE ? record : asking.toGive(record));
            } else if (!marks) {
                break;
            }
        }
        if (outcome.wantsAsked()) {
            outcome.asked(record, matched);
        }
    }

    private void askHeld(Object record) throws Exception {
        Object key = asking.keyOf(record);
        ask(record, key, KeyGroups.hash(key));
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
    public boolean finish() throws Exception {
        if (!held.takeSome(this::askHeld) || !walkTable()) {
            return false;
        }
        if (!merge.step()) {
            return false;
        }
        if (hasTime) {
            next.watermark(watermarkMs);
        }
        return true;
    }

    /** What of the table has found no partner, or has, some at a time; then the table goes. */
    private boolean walkTable() throws Exception {
        if (table == null || walked) {
            return true;
        }
        if (outcome.wantsKept()) {
            walk = walk == null ? table.walk() : walk;
            for (int i = 0; i < WALKED_PER_STEP; i++) {
                if (!walk.advance()) {
                    return endWalk();
                }
                outcome.kept(
                        kept.read(table.bytes(), table.from(), table.length()), table.isMatched());
            }
            return false;
        }
        return endWalk();
    }

    private boolean endWalk() {
        walked = true;
        table.release();
        return true;
    }

    @Override
    public void release() throws Exception {
        try (merge;
                held) {
            if (function != null) {
                context.close(function);
            }
        }
    }
}
