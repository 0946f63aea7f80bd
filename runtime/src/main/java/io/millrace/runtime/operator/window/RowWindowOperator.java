package io.millrace.runtime.operator.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.operator.KeyedScope;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.util.function.LongSupplier;

/**
 * Folds the records of each key by windows of time, all windows of a key in one row. No key has a
 * timer: {@link DueRows} knows which rows have something to do at which time. Which windows there
 * are, and what a row looks like, is the business of those below.
 */
abstract class RowWindowOperator extends Operator
        implements Collector<Object>, RestoredRows.Visitor, DueRows.Visitor {
    final WindowAssigner<Object, Window> assigner;
    final Fold fold;
    final WindowTimes times;
    final boolean eventTime;
    final LongSupplier clockMs;
    final LateRecords late;
    final OperatorContext context;
    final WindowMoment moment = new WindowMoment();
    final DueRows due;
    final Receiver next;
    final boolean clears; // whether the user hears of the end of a window
    ValueTable table; // null until it is open

    private final KeySelector<Object, Object> keySelector;
    private final ReduceFunction<Object> reduce; // null if it aggregates, or in place
    private final AggregateFunction<Object, Object, Object> aggregate;
    private final ProcessWindowFunction<Object, Object, Object, Window> function; // may be null
    private final ProcessWindowFunction<Object, Object, Object, Window>.Context functionContext;
    private final KeyedScope keys;
    private final Serializer<Object> copier; // of results; null if none is needed

    // What is emitted now: its time, and whether it is also kept and so copied.
    private long emitMs;
    private boolean keeps;

    /**
     * @param lasting whether a window stays the same one until it goes, and so can have state
     */
    @SuppressWarnings("unchecked") // the parts of a program fit each other
    RowWindowOperator(
            OperatorSpec.WindowSpec spec, OperatorContext context, Receiver next, boolean lasting) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.assigner = (WindowAssigner<Object, Window>) spec.assigner();
        this.eventTime = assigner.isEventTime();
        this.times = new WindowTimes(eventTime, spec.allowedLatenessMs());
        this.function = (ProcessWindowFunction<Object, Object, Object, Window>) spec.function();
        this.clears = function != null;
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
                        : WindowFunctionContexts.of(
                                function,
                                moment,
                                context,
                                lasting
                                        ? new WindowStates(
                                                keys, WindowTables.windows(assigner, context, keys))
                                        : null);
        this.late = new LateRecords(context, spec.lateOutput());
    }

    /** The table of the rows, whose values are those of the fold. */
    abstract TableSpec rows(Fold fold, KeyedScope keys);

    /** A record of the key that is set. */
    abstract void process(Object record, long timestampMs);

    @Override
    public void open() throws Exception {
        context.openState();
        TableSpec rows = rows(fold, keys);
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
    public final void push(Object record, long timestampMs) {
        try {
            moment.key = keySelector.getKey(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        keys.setKey(moment.key);
        process(record, timestampMs);
    }

    @Override
    public final void pushKeyed(Object record, long timestampMs, int keyHash) {
        try {
            moment.key = keySelector.getKey(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        keys.setKey(moment.key, keyHash);
        process(record, timestampMs);
    }

    @Override
    public final void expect(int[] keyHashes, int count) {
        keys.expect(keyHashes, count);
    }

    /** A value with one more record; null if there is nothing left of it. */
    final Object add(Object value, Object record) throws Exception {
        return aggregate != null
                ? aggregate.add(record, value)
                : reduce != null ? reduce.reduce(value, record) : fold.add(value, record);
    }

    /**
     * Emits the result of a window, if there is one.
     *
     * @param kept whether the value stays, and so must not change
     */
    final void emit(Object value, long start, long end, boolean kept) throws Exception {
        Object result = fold.result(value);
        if (result == null) {
            return;
        }
        keeps = kept;
        emitMs = end - 1;
        if (function == null) {
            collect(result);
        } else {
            moment.window = new TimeWindow(start, end);
            function.process(moment.key, functionContext, new OneElement(result), this);
        }
    }

    /** Tells the user that a window goes; only if there is somebody to be told. */
    final void clear(long start, long end) throws Exception {
        moment.window = new TimeWindow(start, end);
        function.clear(functionContext);
    }

    @Override
    public final void collect(Object record) {
        assert context.mayEmit();
        next.push(keeps && copier != null && record != null ? copier.copy(record) : record, emitMs);
    }

    @Override
    public final void close() {
        // A function may call it; the collector lives as long as the operator.
    }

    @Override
    public final void endKey() throws Exception {
        moment.watermarkMs = Long.MAX_VALUE;
        due.endKey();
        moment.watermarkMs = Long.MIN_VALUE;
        super.endKey();
    }

    @Override
    public final boolean finish() {
        due.end();
        return true;
    }

    @Override
    public final int timers(TimeDomain domain) {
        return domain == times.domain() ? due.size() : 0;
    }

    @Override
    public final void release() throws Exception {
        if (function == null) {
            context.closeState();
        } else {
            context.close(function);
        }
    }
}
