package io.millrace.runtime.operator;

import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;

/**
 * Calls the user's process function with a broadcast second input, and is its collector. Every
 * subtask has the broadcast state whole.
 */
final class BroadcastProcessOperator extends TwoInputOperator implements Collector<Object> {
    private final BroadcastProcessFunction<Object, Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final RecordMoment moment = new RecordMoment();
    private final OperatorTime time;
    private final BroadcastProcessFunction<Object, Object, Object>.ReadOnlyContext recordContext;
    private final BroadcastProcessFunction<Object, Object, Object>.Context broadcastContext;

    @SuppressWarnings("unchecked")
    BroadcastProcessOperator(
            OperatorSpec.BroadcastProcessSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (BroadcastProcessFunction<Object, Object, Object>) spec.function();
        this.context = context;
        this.next = next;
        this.time = new OperatorTime(context.clockMs(), null, null);
        BroadcastTables tables = new BroadcastTables(spec.states(), context.functions().states());
        SideOutputs sides = context.sideOutputs();
        this.recordContext = BroadcastContexts.readOnlyOf(function, moment, time, sides, tables);
        this.broadcastContext = BroadcastContexts.of(function, moment, time, sides, tables);
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
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
    public void collect(Object record) {
        assert context.mayEmit();
        next.push(record, moment.timestampMs);
    }

    @Override
    public void close() {
        // A function may call it; the collector lives as long as the operator.
    }

    @Override
    public void release() throws Exception {
        context.close(function);
    }
}
