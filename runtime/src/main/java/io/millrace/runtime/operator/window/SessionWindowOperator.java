package io.millrace.runtime.operator.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.SessionAssigner;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.KeyedScope;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.window.SessionRow.Session;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.util.function.LongSupplier;

/** Folds the records of each key by sessions: until no other has come for a time. */
/* A key has one row with its few sessions, which are merged in the row. A session grows with each
 * record and so ends later than it was scheduled for: nothing is done about that before that time has
 * come, when the row is scheduled anew. So a key is in one list of DueKeys at most that counts, and a
 * record costs a look-up and a fold.
 */
public final class SessionWindowOperator extends Operator
        implements Collector<Object>, RestoredRows.Visitor, DueRows.Visitor {
    private final KeySelector<Object, Object> keySelector;
    private final WindowAssigner<Object, Window> assigner;
    private final SessionAssigner<Object> gaps;
    private final ReduceFunction<Object> reduce; // null if it aggregates, or in place
    private final AggregateFunction<Object, Object, Object> aggregate;
    private final Fold fold;
    private final ProcessWindowFunction<Object, Object, Object, Window> function; // may be null
    private final ProcessWindowFunction<Object, Object, Object, Window>.Context functionContext;
    private final WindowTimes times;
    private final boolean eventTime;
    private final LongSupplier clockMs;
    private final LateRecords late;
    private final OperatorContext context;
    private final KeyedScope keys;
    private final WindowMoment moment = new WindowMoment();
    private final DueRows due;
    private final Serializer<Object> copier; // of results; null if none is needed
    private final Receiver next;
    private ValueTable table; // null until it is open

    // What is emitted now: its time, and whether it is also kept and so copied.
    private long emitMs;
    private boolean keeps;

    @SuppressWarnings("unchecked") // the parts of a program fit each other
    public SessionWindowOperator(
            OperatorSpec.WindowSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.assigner = (WindowAssigner<Object, Window>) spec.assigner();
        this.gaps = (SessionAssigner<Object>) spec.assigner();
        this.eventTime = assigner.isEventTime();
        this.times = new WindowTimes(eventTime, spec.allowedLatenessMs());
        this.function = (ProcessWindowFunction<Object, Object, Object, Window>) spec.function();
        this.context = context;
        this.next = next;
        this.clockMs = context.clockMs();
        this.copier = context.copier();
        this.keys = context.keyedBy(keySelector);
        this.due = new DueRows(context, keys, eventTime, this);
        this.fold = Fold.of(spec.contents(), context, keys.serializers());
        this.reduce = fold.reduce();
        this.aggregate = fold.aggregate();
        this.functionContext =
                function == null
                        ? null
                        : WindowFunctionContexts.of(function, moment, context, null);
        this.late = new LateRecords(context, spec.lateOutput());
    }

    @Override
    public void open() throws Exception {
        context.openState();
        TableSpec rows = RowTables.sessions(fold.values(), keys.serializers());
        RestoredRows.refuseOthers(context, rows.name());
        table = keys.backend().values(rows);
        if (!context.restored().isEmpty()) {
            RestoredRows.show(keys.backend(), rows, this);
        }
        late.open();
        if (function != null) {
            context.open(function);
        }
        due.start();
    }

    @Override
    public void restored(Object key, int keyHash, Object row) {
        due.restored(((SessionRow) row).scheduledMs, key, keyHash);
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            moment.key = keySelector.getKey(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        keys.setKey(moment.key);
        process(record, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        try {
            moment.key = keySelector.getKey(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        keys.setKey(moment.key, keyHash);
        process(record, timestampMs);
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        keys.expect(keyHashes, count);
    }

    private void process(Object record, long timestampMs) {
        long start = eventTime ? timestampMs : clockMs.getAsLong();
        try {
            long gapMs = gaps.gapAfter(record);
            if (start < -Slices.FARTHEST
                    || start > Slices.FARTHEST
                    || gapMs > Slices.FARTHEST
                    || gapMs < 1) {
                takeOutside(record, timestampMs, gapMs);
                return;
            }
            long end = start + gapMs;
            SessionRow row = (SessionRow) table.get();
            Session only = row == null ? null : row.first;
            if (only != null
                    && only.next == null
                    && !only.fired
                    && start <= only.end
                    && end >= only.start
                    && Math.max(end, only.end) - 1 > moment.watermarkMs) {
                Object value =
                        aggregate != null
                                ? aggregate.add(record, only.value)
                                : reduce != null
                                        ? reduce.reduce(only.value, record)
                                        : fold.add(only.value, record);
                if (value != null) {
                    only.value = value;
                    only.start = Math.min(start, only.start);
                    only.end = Math.max(end, only.end);
                    table.put(row);
                    return;
                }
                table.remove();
                return;
            }
            addTo(row, record, timestampMs, start, end);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** A record without a time, with a wrong gap, or farther than sessions go. */
    private void takeOutside(Object record, long timestampMs, long gapMs) {
        if (eventTime && timestampMs == RecordChunk.NO_TIMESTAMP) {
            throw NoTimestamp.in(context.name());
        }
        if (gapMs < 1) {
            throw new IllegalArgumentException(
                    "The gap of a session is "
                            + gapMs
                            + " ms, said by "
                            + assigner
                            + ": it must be at least 1.");
        }
        late.take(record, timestampMs);
    }

    /** A record that begins a session, merges several, or belongs to one that has fired. */
    private void addTo(SessionRow found, Object record, long timestampMs, long from, long to)
            throws Exception {
        SessionRow row = found == null ? new SessionRow() : found;
        Session before = null; // the last one that ends before
        Session each = row.first;
        while (each != null && each.end < from) {
            before = each;
            each = each.next;
        }
        long start = from;
        long end = to;
        Object value = null;
        boolean merged = false;
        while (each != null && each.start <= to) {
            start = Math.min(start, each.start);
            end = Math.max(end, each.end);
            value = merged ? fold.merge(value, each.value) : each.value;
            merged = true;
            each = each.next;
        }
        if (!merged && times.isLate(end - 1, moment.watermarkMs)) {
            late.take(record, timestampMs);
            return;
        }
        value = value == null ? fold.begin(record, false) : fold.add(value, record);
        if (value == null) {
            link(row, before, each);
        } else {
            Session session = new Session(start, end, value);
            session.next = each;
            link(row, before, session);
            if (end - 1 <= moment.watermarkMs) {
                fire(session, false);
                session.fired = true;
            }
        }
        schedule(row);
    }

    private static void link(SessionRow row, Session before, Session next) {
        if (before == null) {
            row.first = next;
        } else {
            before.next = next;
        }
    }

    /** Puts a row back, and sees to it that it will be looked at in time. */
    private void schedule(SessionRow row) {
        if (row.first == null) {
            table.remove();
            return;
        }
        long dueMs = dueOf(row);
        if (dueMs < row.scheduledMs) {
            row.scheduledMs = dueMs;
            due.add(dueMs, moment.key);
        }
        table.put(row);
    }

    /** When a row has something to do: a session fires, or goes. */
    private long dueOf(SessionRow row) {
        long dueMs = WindowTimes.NEVER;
        for (Session each = row.first; each != null; each = each.next) {
            dueMs = Math.min(dueMs, each.fired ? times.cleanUpMs(each.end) : each.end);
        }
        return dueMs;
    }

    @Override
    public void watermark(long timestampMs) {
        moment.watermarkMs = timestampMs;
        if (eventTime) {
            due.advance(timestampMs == Long.MAX_VALUE ? timestampMs : timestampMs + 1);
        }
        next.watermark(timestampMs);
    }

    @Override
    public void onClock(long nowMs) {
        // Rows know when their sessions end.
    }

    @Override
    public void visit(Object key, long dueMs) throws Exception {
        moment.key = key;
        SessionRow row = (SessionRow) table.get();
        if (row != null && row.scheduledMs == dueMs) { // else it was looked at earlier
            visit(row, dueMs);
        }
    }

    private void visit(SessionRow row, long dueMs) throws Exception {
        Session before = null;
        for (Session each = row.first; each != null; each = each.next) {
            if (!each.fired && each.end <= dueMs) {
                fire(each, times.cleanUpMs(each.end) <= dueMs);
                each.fired = true;
            }
            if (each.fired && times.cleanUpMs(each.end) <= dueMs) {
                if (function != null) {
                    moment.window = new TimeWindow(each.start, each.end);
                    function.clear(functionContext);
                }
                link(row, before, each.next);
            } else {
                before = each;
            }
        }
        row.scheduledMs = WindowTimes.NEVER;
        schedule(row);
    }

    /**
     * @param goes whether the session is gone after this
     */
    private void fire(Session session, boolean goes) throws Exception {
        Object result = fold.result(session.value);
        if (result == null) {
            return;
        }
        keeps = !goes;
        emitMs = session.end - 1;
        if (function == null) {
            collect(result);
        } else {
            moment.window = new TimeWindow(session.start, session.end);
            function.process(moment.key, functionContext, new OneElement(result), this);
        }
    }

    @Override
    public void collect(Object record) {
        assert context.mayEmit();
        next.push(keeps && copier != null && record != null ? copier.copy(record) : record, emitMs);
    }

    @Override
    public void close() {
        // A function may call it; the collector lives as long as the operator.
    }

    @Override
    public void endKey() throws Exception {
        moment.watermarkMs = Long.MAX_VALUE;
        due.endKey();
        moment.watermarkMs = Long.MIN_VALUE;
        super.endKey();
    }

    @Override
    public boolean finish() {
        due.end();
        return true;
    }

    @Override
    public int timers(TimeDomain domain) {
        return domain == times.domain() ? due.size() : 0;
    }

    @Override
    public void release() throws Exception {
        if (function == null) {
            context.closeState();
        } else {
            context.close(function);
        }
    }
}
