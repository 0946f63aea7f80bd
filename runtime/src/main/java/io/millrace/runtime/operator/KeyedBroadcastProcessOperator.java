package io.millrace.runtime.operator;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.time.KeyedTimers;

/**
 * Calls the user's process function with a keyed first input and a broadcast second one, for
 * records and timers. Every subtask has the broadcast state whole.
 */
final class KeyedBroadcastProcessOperator extends TwoInputOperator
        implements Collector<Object>, KeyedTimers.Target {
    private final KeySelector<Object, Object> keySelector;
    private final KeyedBroadcastProcessFunction<Object, Object, Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final KeyedScope keys;
    private final RecordMoment moment = new RecordMoment();
    private final KeyedTimers timers;
    private final OperatorTime time;
    private final KeyedBroadcastProcessFunction<Object, Object, Object, Object>.ReadOnlyContext
            recordContext;
    private final KeyedBroadcastProcessFunction<Object, Object, Object, Object>.Context
            broadcastContext;
    private final KeyedBroadcastProcessFunction<Object, Object, Object, Object>.OnTimerContext
            timerContext;

    @SuppressWarnings("unchecked")
    KeyedBroadcastProcessOperator(
            OperatorSpec.KeyedBroadcastProcessSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.function =
                (KeyedBroadcastProcessFunction<Object, Object, Object, Object>) spec.function();
        this.context = context;
        this.keys = context.keyedBy(keySelector, null);
        this.next = next;
        this.timers = keys.timers(this);
        this.time = new OperatorTime(context.clockMs(), keys, timers);
        BroadcastTables tables = new BroadcastTables(spec.states(), context.functions().states());
        SideOutputs sides = context.sideOutputs();
        this.recordContext = BroadcastContexts.readOnlyOf(function, moment, time, sides, tables);
        this.broadcastContext = BroadcastContexts.of(function, moment, time, sides, tables, keys);
        this.timerContext = BroadcastContexts.ofTimer(function, moment, time, sides, tables);
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        keys.setKey(key(keySelector, record));
        processFirst(record, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        keys.setKey(key(keySelector, record), keyHash);
        processFirst(record, timestampMs);
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        keys.expect(keyHashes, count);
    }

    private Object key(KeySelector<Object, Object> selector, Object record) {
        try {
            moment.key = selector.getKey(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        return moment.key;
    }

    private void processFirst(Object record, long timestampMs) {
        moment.timestampMs = timestampMs;
        try {
            function.processElement(record, recordContext, this);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void pushSecond(Object record, long timestampMs) {
        moment.timestampMs = timestampMs;
        moment.key = null;
        keys.forgetKey();
        try {
            function.processBroadcastElement(record, broadcastContext, this);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void watermark(long timestampMs) {
        time.onWatermark(timestampMs);
        next.watermark(timestampMs);
    }

    @Override
    public void onTimer(
            TimeDomain domain, long timestampMs, Object key, int keyHash, Object namespace) {
        moment.ofTimer(domain, timestampMs, key);
        keys.setKey(key, keyHash);
        try {
            function.onTimer(timestampMs, timerContext, this);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void collect(Object record) {
        assert context.mayEmit();
        next.push(record, moment.timestampMs);
    }

    @Override
    public void close() {
        // A function may call it; the collector lives as long as the operator.
    }

    @Override
    public void endKey() throws Exception {
        time.endKey();
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
        context.close(function);
    }
}
