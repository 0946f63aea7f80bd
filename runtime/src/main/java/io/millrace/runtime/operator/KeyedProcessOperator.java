package io.millrace.runtime.operator;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.time.KeyedTimers;

/** Calls the user's keyed process function for records and timers, and is its collector. */
final class KeyedProcessOperator extends Operator implements Collector<Object>, KeyedTimers.Target {
    private final KeySelector<Object, Object> keySelector;
    private final KeyedProcessFunction<Object, Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final KeyedScope keys;
    private final RecordMoment moment = new RecordMoment();
    private final KeyedTimers timers;
    private final OperatorTime time;
    private final KeyedProcessFunction<Object, Object, Object>.Context functionContext;
    private final KeyedProcessFunction<Object, Object, Object>.OnTimerContext timerContext;

    @SuppressWarnings("unchecked")
    KeyedProcessOperator(
            OperatorSpec.KeyedProcessSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.function = (KeyedProcessFunction<Object, Object, Object>) spec.function();
        this.context = context;
        this.keys = context.keyedBy(keySelector);
        this.next = next;
        this.timers = keys.timers(this);
        this.time = new OperatorTime(context.clockMs(), keys, timers);
        this.functionContext = FunctionContexts.of(function, moment, time, context.sideOutputs());
        this.timerContext = FunctionContexts.ofTimer(function, moment, time, context.sideOutputs());
    }

    @Override
    public void open() throws Exception {
        context.open(function);
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
        moment.timestampMs = timestampMs;
        try {
            function.processElement(record, functionContext, this);
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
