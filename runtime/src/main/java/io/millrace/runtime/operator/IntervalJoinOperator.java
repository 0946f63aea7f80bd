package io.millrace.runtime.operator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.metric.Counter;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import io.millrace.runtime.time.KeyedTimers;

/**
 * Joins each record with those of the other side that have its key and are near in time: it is kept
 * until event time says that no more can come which it joins. A record that event time has passed
 * is late: it goes to the side output of its side, or is counted.
 */
/* One row for each key has both sides, so a record costs one look-up. What is over is dropped when its
 * key gets another record. For keys that get none there is one timer for each row, not for each record:
 * at the time when the first record goes; then, if some are left, when the last of them does.
 */
final class IntervalJoinOperator extends TwoInputOperator
        implements Collector<Object>, KeyedTimers.Target {
    private static final String STATE = "interval-join";
    private static final String DROPPED = "numLateRecordsDropped";

    private final OperatorSpec.IntervalJoinSpec spec;
    private final KeySelector<Object, Object> leftKey;
    private final KeySelector<Object, Object> rightKey;
    private final ProcessJoinFunction<Object, Object, Object> function;
    private final OperatorContext context;
    private final Receiver next;
    private final KeyedScope keys;
    private final KeyedTimers timers;
    private final PairMoment pair = new PairMoment();
    private final ProcessJoinFunction<Object, Object, Object>.Context functionContext;
    // How long a record is kept after its time: at least until event time has passed it.
    private final long keepLeftMs;
    private final long keepRightMs;
    private ValueTable table; // null until it is open
    private Counter dropped; // null until it is open
    private long watermarkMs = Long.MIN_VALUE;
    // Up to these times no record joins any more.
    private long leftGoneMs = Long.MIN_VALUE;
    private long rightGoneMs = Long.MIN_VALUE;

    @SuppressWarnings("unchecked")
    IntervalJoinOperator(
            OperatorSpec.IntervalJoinSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.spec = spec;
        this.leftKey = (KeySelector<Object, Object>) spec.leftKey();
        this.rightKey = (KeySelector<Object, Object>) spec.rightKey();
        this.function = (ProcessJoinFunction<Object, Object, Object>) spec.function();
        this.context = context;
        this.next = next;
        this.keys = context.keyedBy(leftKey, rightKey);
        this.timers = keys.timers(this);
        this.functionContext = PairMoment.contextOf(function, pair, context.sideOutputs());
        this.keepLeftMs = Math.max(1, spec.upperBoundMs());
        this.keepRightMs = Math.max(1, difference(0, spec.lowerBoundMs()));
    }

    @Override
    public void open() throws Exception {
        context.openState();
        table =
                keys.backend()
                        .values(
                                new TableSpec(
                                        STATE,
                                        TableSpec.Shape.VALUE,
                                        null,
                                        null,
                                        JoinSidesSerializer.of(
                                                context.inputSerializer(),
                                                context.secondInputSerializer(),
                                                keys.serializers())));
        dropped = context.runtimeContext().getMetricGroup().counter(DROPPED);
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        keys.setKey(key(leftKey, record));
        left(record, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        keys.setKey(key(leftKey, record), keyHash);
        left(record, timestampMs);
    }

    @Override
    public void pushSecond(Object record, long timestampMs) {
        keys.setKey(key(rightKey, record));
        right(record, timestampMs);
    }

    @Override
    public void pushSecondKeyed(Object record, long timestampMs, int keyHash) {
        keys.setKey(key(rightKey, record), keyHash);
        right(record, timestampMs);
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        keys.expect(keyHashes, count);
    }

    private Object key(KeySelector<Object, Object> selector, Object record) {
        try {
            return selector.getKey(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void left(Object record, long timestampMs) {
        if (isLate(record, timestampMs, spec.leftLateOutput())) {
            return;
        }
        passTime(timestampMs);
        JoinSides sides = sidesFor(timestampMs, keepLeftMs);
        sides.left().add(timestampMs, record);
        table.put(sides);
        JoinBuffer others = sides.right();
        long lastMs = sum(timestampMs, spec.upperBoundMs());
        int place = others.firstFrom(sum(timestampMs, spec.lowerBoundMs()));
        for (; place < others.end() && others.timeMs(place) <= lastMs; place++) {
            emit(record, timestampMs, others.record(place), others.timeMs(place));
        }
    }

    private void right(Object record, long timestampMs) {
        if (isLate(record, timestampMs, spec.rightLateOutput())) {
            return;
        }
        passTime(timestampMs);
        JoinSides sides = sidesFor(timestampMs, keepRightMs);
        sides.right().add(timestampMs, record);
        table.put(sides);
        JoinBuffer others = sides.left();
        long lastMs = difference(timestampMs, spec.lowerBoundMs());
        int place = others.firstFrom(difference(timestampMs, spec.upperBoundMs()));
        for (; place < others.end() && others.timeMs(place) <= lastMs; place++) {
            emit(others.record(place), others.timeMs(place), record, timestampMs);
        }
    }

    /** Where the records of a key come by their times, each of them says what is over. */
    private void passTime(long timestampMs) {
        if (context.keysComeOnce()) {
            setTime(timestampMs - 1);
        }
    }

    private boolean isLate(Object record, long timestampMs, OutputTag<?> output) {
        if (timestampMs == RecordChunk.NO_TIMESTAMP) {
            throw new MillraceException(
                    ErrorCode.RECORD_WITHOUT_TIMESTAMP,
                    "a record without a timestamp came to the interval join '"
                            + context.name()
                            + "', which joins by event time. Give both streams timestamps with"
                            + " assignTimestampsAndWatermarks(…).");
        }
        if (timestampMs >= watermarkMs) {
            return false;
        }
        if (output == null) {
            dropped.inc();
        } else {
            context.sideOutputs().emit(output, record, timestampMs);
        }
        return true;
    }

    /** What the current key has, without what is over; a new row gets its timer. */
    private JoinSides sidesFor(long timestampMs, long keepMs) {
        JoinSides sides = (JoinSides) table.get();
        if (sides == null) {
            cleanAt(sum(timestampMs, keepMs));
            return new JoinSides();
        }
        drop(sides);
        return sides;
    }

    private void drop(JoinSides sides) {
        sides.left().dropUpTo(leftGoneMs);
        sides.right().dropUpTo(rightGoneMs);
    }

    private void cleanAt(long timestampMs) {
        timers.register(TimeDomain.EVENT_TIME, timestampMs, keys.key(), keys.keyHash(), null);
    }

    private void emit(Object left, long leftMs, Object right, long rightMs) {
        pair.leftMs = leftMs;
        pair.rightMs = rightMs;
        try {
            function.processElement(left, right, functionContext, this);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void collect(Object record) {
        assert context.mayEmit();
        next.push(record, pair.timestampMs());
    }

    @Override
    public void close() {
        // A function may call it; the collector lives as long as the operator.
    }

    @Override
    public void watermark(long timestampMs) {
        setTime(timestampMs);
        timers.onWatermark(timestampMs);
        next.watermark(timestampMs);
    }

    private void setTime(long timestampMs) {
        watermarkMs = timestampMs;
        leftGoneMs = difference(timestampMs, keepLeftMs);
        rightGoneMs = difference(timestampMs, keepRightMs);
    }

    @Override
    public void onTimer(
            TimeDomain domain, long timestampMs, Object key, int keyHash, Object namespace) {
        keys.setKey(key, keyHash);
        JoinSides sides = (JoinSides) table.get();
        if (sides == null) {
            return;
        }
        drop(sides);
        long lastMs = Long.MIN_VALUE;
        if (!sides.left().isEmpty()) {
            lastMs = sum(sides.left().latestMs(), keepLeftMs);
        }
        if (!sides.right().isEmpty()) {
            lastMs = Math.max(lastMs, sum(sides.right().latestMs(), keepRightMs));
        }
        // At the end of time nothing can come any more, whatever the bounds are.
        if (sides.isEmpty() || lastMs <= watermarkMs) {
            table.remove();
        } else {
            table.put(sides);
            cleanAt(lastMs);
        }
    }

    @Override
    public void endKey() throws Exception {
        timers.clear();
        setTime(Long.MIN_VALUE);
        super.endKey();
    }

    @Override
    public boolean finish() {
        timers.end();
        return true;
    }

    @Override
    public int timers(TimeDomain domain) {
        return timers.size(domain);
    }

    @Override
    public void release() throws Exception {
        context.close(function);
    }

    /** The highest or lowest time if the sum is beyond. */
    private static long sum(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    /** The same of a difference. */
    private static long difference(long a, long b) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return difference;
    }
}
