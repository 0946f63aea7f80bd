package io.millrace.runtime.operator.window;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.TimestampedValue;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.TriggerResult;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.KeyedScope;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.user.NamespacedTables;
import io.millrace.runtime.time.KeyedTimers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedList;
import java.util.List;

/** Groups the records of each key by windows of any assigner, trigger and evictor. */
public final class WindowOperator extends Operator
        implements Collector<Object>, KeyedTimers.Target, MergingWindows.Target {
    static final String TIMERS = "window-timers";
    static final String TRIGGER_STATES = "trigger:";

    private final OperatorSpec.WindowSpec spec;
    private final KeySelector<Object, Object> keySelector;
    private final WindowAssigner<Object, Window> assigner;
    private final AssignerScope assignerScope;
    private final Trigger<Object, Window> trigger;
    private final TriggerScope triggerScope;
    private final Evictor<Object, Window> evictor; // null if all records stay
    private final EvictorScope evictorScope;
    private final ProcessWindowFunction<Object, Object, Object, Window> function; // may be null
    private final ProcessWindowFunction<Object, Object, Object, Window>.Context functionContext;
    private final WindowTimes times;
    private final LateRecords late;
    private final OperatorContext context;
    private final KeyedScope keys;
    private final WindowMoment moment = new WindowMoment();
    private final KeyedTimers timers;
    private final Serializer<Object> windows;
    private final Serializer<Object> copier; // of results; null if none is needed
    private final Receiver next;

    // Null until it is open.
    private Contents contents;
    private MergingWindows inFlight; // null if windows are not merged
    // Whether what is emitted now is also kept: it is copied then.
    private boolean keeps;

    @SuppressWarnings("unchecked") // the parts of a program fit each other
    public WindowOperator(OperatorSpec.WindowSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.spec = spec;
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.assigner = (WindowAssigner<Object, Window>) spec.assigner();
        this.trigger = (Trigger<Object, Window>) spec.trigger();
        this.evictor = (Evictor<Object, Window>) spec.evictor();
        this.function = (ProcessWindowFunction<Object, Object, Object, Window>) spec.function();
        this.times = new WindowTimes(assigner.isEventTime(), spec.allowedLatenessMs());
        this.context = context;
        this.next = next;
        this.copier = context.copier();
        this.keys = context.keyedBy(keySelector);
        this.windows = WindowTables.windows(assigner, context, keys);
        this.timers = keys.timers(this, TIMERS, windows);
        NamespacedTables triggerTables = keys.tablesBy(TRIGGER_STATES, windows);
        this.triggerScope = new TriggerScope(context, keys, timers, triggerTables, moment);
        this.assignerScope = new AssignerScope(context.clockMs());
        this.evictorScope = new EvictorScope(context, moment);
        this.functionContext =
                function == null
                        ? null
                        : WindowFunctionContexts.of(
                                function,
                                moment,
                                context,
                                assigner instanceof MergingWindowAssigner<?, ?>
                                        ? null
                                        : new WindowStates(keys, windows));
        this.late = new LateRecords(context, spec.lateOutput());
    }

    @Override
    @SuppressWarnings("unchecked") // the parts of a program fit each other
    public void open() throws Exception {
        context.openState();
        RestoredRows.refuseOthers(context, Contents.TABLE);
        contents = WindowTables.contents(spec, context, keys, windows);
        if (assigner instanceof MergingWindowAssigner<?, ?>) {
            inFlight =
                    new MergingWindows(
                            (MergingWindowAssigner<Object, Window>) spec.assigner(),
                            WindowTables.inFlight(keys, windows));
        }
        late.open();
        if (function != null) {
            context.open(function);
        }
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
        try {
            Collection<Window> assigned =
                    assigner.assignWindows(record, timestampMs, assignerScope);
            boolean taken = false;
            for (Window window : assigned) {
                taken |= addTo(window, record, timestampMs, assigned.size() > 1);
            }
            if (!taken && times.isRecordLate(timestampMs, moment.watermarkMs)) {
                late.take(record, timestampMs);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** False if the window has gone. */
    private boolean addTo(Window assigned, Object record, long timestampMs, boolean shared)
            throws Exception {
        Window window = inFlight == null ? assigned : inFlight.add(assigned, this);
        if (times.isLate(window, moment.watermarkMs)) {
            if (inFlight != null) {
                inFlight.retire(window);
            }
            return false;
        }
        contents.setWindow(inFlight == null ? window : inFlight.stateWindow(window));
        contents.add(record, timestampMs, shared);
        triggerScope.setWindow(window);
        TriggerResult result = trigger.onElement(record, timestampMs, window, triggerScope);
        act(result, window, false);
        long cleanUpMs = times.cleanUpMs(window);
        if (cleanUpMs != WindowTimes.NEVER) {
            triggerScope.register(times.domain(), cleanUpMs);
        }
        return true;
    }

    /**
     * @param goes whether the window is gone after this
     */
    private void act(TriggerResult result, Window window, boolean goes) throws Exception {
        if (result.isFire()) {
            keeps = !goes && !result.isPurge();
            fire(window);
        }
        if (result.isPurge()) {
            contents.clear();
        }
    }

    @SuppressWarnings("unchecked") // contents without a single result are lists
    private void fire(Window window) throws Exception {
        Object found = contents.get();
        if (found == null) {
            return;
        }
        if (evictor != null) {
            fireEvicted(window, (List<Object>) found);
        } else if (function == null) {
            collect(found);
        } else {
            boolean single = contents instanceof FoldedContents;
            function.process(
                    moment.key,
                    functionContext,
                    single ? new OneElement(found) : (List<Object>) found,
                    this);
        }
    }

    /** What evictors leave is what the window has from now on. */
    @SuppressWarnings("unchecked") // elements with an evictor are pairs
    private void fireEvicted(Window window, List<Object> found) throws Exception {
        List<TimestampedValue<Object>> records = new LinkedList<>();
        for (Object element : found) {
            Tuple2<Long, Object> pair = (Tuple2<Long, Object>) element;
            records.add(
                    pair.f0 == RecordChunk.NO_TIMESTAMP
                            ? new TimestampedValue<>(pair.f1)
                            : new TimestampedValue<>(pair.f1, pair.f0));
        }
        evictor.evictBefore(records, records.size(), window, evictorScope);
        List<Object> shown = new ArrayList<>(records.size());
        for (TimestampedValue<Object> record : records) {
            shown.add(record.getValue());
        }
        function.process(moment.key, functionContext, shown, this);
        evictor.evictAfter(records, records.size(), window, evictorScope);
        if (records.size() != found.size()) {
            List<Object> left = new ArrayList<>(records.size());
            for (TimestampedValue<Object> record : records) {
                left.add(
                        Tuple2.of(
                                record.hasTimestamp()
                                        ? record.getTimestamp()
                                        : RecordChunk.NO_TIMESTAMP,
                                record.getValue()));
            }
            ((CollectedContents) contents).replace(left);
        }
    }

    @Override
    public void onMerge(
            Window result,
            Collection<Window> merged,
            Window stateWindow,
            Collection<Window> mergedStateWindows)
            throws Exception {
        long nowMs = times.eventTime() ? moment.watermarkMs : context.clockMs().getAsLong();
        if (times.cleanUpMs(result) <= nowMs) {
            throw new IllegalStateException(
                    assigner.getClass().getName()
                            + " merges "
                            + merged
                            + " into "
                            + result
                            + ", which is over already at "
                            + nowMs
                            + ". A merged window must not end before those that it is made of.");
        }
        triggerScope.setWindow(result);
        triggerScope.setMerged(merged);
        trigger.onMerge(result, triggerScope);
        triggerScope.setMerged(List.of());
        for (Window window : merged) {
            if (!window.equals(result)) {
                triggerScope.setWindow(window);
                trigger.clear(window, triggerScope);
                triggerScope.delete(times.domain(), times.cleanUpMs(window));
            }
        }
        if (!mergedStateWindows.isEmpty()) {
            contents.merge(stateWindow, mergedStateWindows);
        }
    }

    @Override
    public void watermark(long timestampMs) {
        moment.watermarkMs = timestampMs;
        timers.onWatermark(timestampMs);
        next.watermark(timestampMs);
    }

    @Override
    public void onTimer(
            TimeDomain domain, long timestampMs, Object key, int keyHash, Object namespace) {
        Window window = (Window) namespace;
        moment.key = key;
        keys.setKey(key, keyHash);
        try {
            onTimer(domain, timestampMs, window);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void onTimer(TimeDomain domain, long timestampMs, Window window) throws Exception {
        Window stateWindow = inFlight == null ? window : inFlight.stateWindow(window);
        if (stateWindow == null) {
            return; // has been merged into another one
        }
        contents.setWindow(stateWindow);
        triggerScope.setWindow(window);
        boolean goes = domain == times.domain() && timestampMs == times.cleanUpMs(window);
        TriggerResult result =
                domain == TimeDomain.EVENT_TIME
                        ? trigger.onEventTime(timestampMs, window, triggerScope)
                        : trigger.onProcessingTime(timestampMs, window, triggerScope);
        act(result, window, goes);
        if (goes) {
            drop(window);
        }
    }

    private void drop(Window window) throws Exception {
        contents.clear();
        trigger.clear(window, triggerScope);
        if (function != null) {
            function.clear(functionContext);
        }
        if (inFlight != null) {
            inFlight.retire(window);
        }
    }

    @Override
    public void collect(Object record) {
        assert context.mayEmit();
        next.push(
                keeps && copier != null && record != null ? copier.copy(record) : record,
                moment.window.maxTimestamp());
    }

    @Override
    public void close() {
        // A function may call it; the collector lives as long as the operator.
    }

    @Override
    public void pushFolded(Object key, int keyHash, Object value) {
        moment.key = key;
        moment.watermarkMs = Long.MAX_VALUE;
        keys.setKey(key, keyHash);
        triggerScope.setWindow(GlobalWindow.get());
        try {
            if (function == null) {
                if (value != null) {
                    collect(value);
                }
                return;
            }
            if (value != null) {
                function.process(key, functionContext, new OneElement(value), this);
            }
            function.clear(functionContext);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void endKey() throws Exception {
        moment.watermarkMs = Long.MAX_VALUE;
        timers.fireAll();
        moment.watermarkMs = Long.MIN_VALUE;
        super.endKey();
    }

    /** In a batch job all time passes at the end; in a streaming job what is left never comes. */
    @Override
    public boolean finish() {
        if (context.mode() == ExecutionMode.BATCH) {
            timers.fireAllOfProcessingTime();
        }
        timers.end();
        return true;
    }

    @Override
    public int timers(TimeDomain domain) {
        return timers.size(domain);
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
