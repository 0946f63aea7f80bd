package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.plan.KeyGroups;
import java.util.Arrays;
import java.util.List;

/**
 * Stands in the place of a keyed operator of a batch job: keeps the records of its inputs until all
 * have ended, then gives them to it one key after another. Inputs without keys are passed on as
 * they come, and so before the others. Confined to its task.
 */
/* Time is held back with the records: the operator does not know any while a key's records come, so none
 * is late, and all of it has passed when the key ends. Behind the operator time goes on when all keys have
 * come.
 */
final class GroupedOperator extends MultiInputOperator {
    private static final int RECORDS_PER_STEP = 256;

    private final Operator operator;
    // One of these, or none, is the operator.
    private final TwoInputOperator two;
    private final MultiInputOperator many;
    private final OperatorContext context;
    // Null where an input has no keys.
    private final List<KeySelector<Object, Object>> keys;
    private final KeySort records;
    private final boolean forgets;
    private final long[] watermarksMs;
    private Stage stage = Stage.COLLECTS;
    private boolean inKey;

    /** COLLECTS until the inputs have ended, GIVES keys, then ENDS as the operator does. */
    private enum Stage {
        COLLECTS,
        GIVES,
        ENDS
    }

    GroupedOperator(
            Operator operator,
            OperatorContext context,
            List<KeySelector<Object, Object>> keys,
            KeySort records) {
        super(operator);
        this.operator = operator;
        this.two = operator instanceof TwoInputOperator known ? known : null;
        this.many = operator instanceof MultiInputOperator known ? known : null;
        this.context = context;
        this.keys = keys;
        this.records = records;
        this.forgets = context.keysComeOnce();
        this.watermarksMs = new long[keys.size()];
        Arrays.fill(watermarksMs, Long.MIN_VALUE);
    }

    @Override
    public void open() throws Exception {
        operator.open();
    }

    @Override
    public void push(Object record, long timestampMs) {
        push(0, record, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        pushKeyed(0, record, timestampMs, keyHash);
    }

    @Override
    void push(int input, Object record, long timestampMs) {
        if (passes(input)) {
            pass(input, record, timestampMs);
            return;
        }
        try {
            Object key = keys.get(input).getKey(record);
            records.add(input, record, timestampMs, key, KeyGroups.hash(key));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    void pushKeyed(int input, Object record, long timestampMs, int keyHash) {
        if (passes(input)) {
            pass(input, record, timestampMs);
            return;
        }
        try {
            records.add(input, record, timestampMs, keys.get(input).getKey(record), keyHash);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private boolean passes(int input) {
        return keys.get(input) == null;
    }

    private void pass(int input, Object record, long timestampMs) {
        if (many != null) {
            many.push(input, record, timestampMs);
            return;
        }
        two.onRecords(input);
        if (input == TwoInputOperator.FIRST) {
            two.push(record, timestampMs);
        } else {
            two.pushSecond(record, timestampMs);
        }
    }

    @Override
    public void watermark(long timestampMs) {
        watermark(0, timestampMs);
    }

    @Override
    void watermark(int input, long timestampMs) {
        if (passes(input)) {
            tellTime(input, timestampMs);
        } else {
            watermarksMs[input] = timestampMs;
        }
    }

    private void tellTime(int input, long timestampMs) {
        if (many != null) {
            many.watermark(input, timestampMs);
        } else if (two != null) {
            two.watermark(input, timestampMs);
        } else {
            operator.watermark(timestampMs);
        }
    }

    @Override
    public void idle() {
        idle(0);
    }

    @Override
    void idle(int input) {
        if (!passes(input)) {
            return; // nothing is emitted before the end, so nobody behind waits for anything
        }
        if (many != null) {
            many.idle(input);
        } else {
            two.idle(input);
        }
    }

    @Override
    public void active() {
        active(0);
    }

    @Override
    void active(int input) {
        if (!passes(input)) {
            return;
        }
        if (many != null) {
            many.active(input);
        } else {
            two.active(input);
        }
    }

    @Override
    void endOfInput(int input) {
        if (passes(input)) {
            tellEnd(input);
        }
    }

    private void tellEnd(int input) {
        if (many != null) {
            many.endOfInput(input);
        } else if (two != null) {
            two.endOfInput(input);
        }
    }

    @Override
    boolean takesInput(int input) {
        return many != null ? many.takesInput(input) : two == null || two.takesInput(input);
    }

    @Override
    public boolean takesInput() {
        return operator.takesInput();
    }

    @Override
    public boolean finish() throws Exception {
        if (stage == Stage.COLLECTS) {
            stage = Stage.GIVES;
        }
        if (stage == Stage.GIVES && give()) {
            endInputs();
            stage = Stage.ENDS;
        }
        return stage == Stage.ENDS && operator.finish();
    }

    /** Gives some records; true if there are no more. */
    private boolean give() throws Exception {
        for (int i = 0; i < RECORDS_PER_STEP; i++) {
            if (!records.advance()) {
                endPresentKey();
                return true;
            }
            if (records.beginsKey()) {
                endPresentKey();
                inKey = true;
            }
            if (many != null) {
                many.pushKeyed(
                        records.input(),
                        records.record(),
                        records.timestampMs(),
                        records.keyHash());
            } else if (records.input() == TwoInputOperator.FIRST) {
                operator.pushKeyed(records.record(), records.timestampMs(), records.keyHash());
            } else {
                two.pushSecondKeyed(records.record(), records.timestampMs(), records.keyHash());
            }
        }
        return false;
    }

    private void endPresentKey() throws Exception {
        if (inKey && forgets) {
            operator.endKey();
        }
        inKey = false;
    }

    private void endInputs() {
        for (int input = 0; input < watermarksMs.length; input++) {
            if (!passes(input) && watermarksMs[input] != Long.MIN_VALUE) {
                tellTime(input, watermarksMs[input]);
            }
        }
        for (int input = 0; input < watermarksMs.length; input++) {
            if (!passes(input)) {
                tellEnd(input);
            }
        }
    }

    @Override
    public boolean awaitsMail() {
        return stage == Stage.ENDS && operator.awaitsMail();
    }

    @Override
    public boolean awaitsCheckpoint() {
        return operator.awaitsCheckpoint();
    }

    @Override
    public int timers(TimeDomain domain) {
        return operator.timers(domain);
    }

    @Override
    public void release() throws Exception {
        try (records) {
            operator.release();
        }
    }
}
