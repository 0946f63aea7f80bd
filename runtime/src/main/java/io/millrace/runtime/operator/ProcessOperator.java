package io.millrace.runtime.operator;

import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;

/** Calls the user's process function and is its collector. */
final class ProcessOperator extends Operator implements Collector<Object> {
    private final ProcessFunction<Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final RecordMoment moment = new RecordMoment();
    private final OperatorTime time;
    private final ProcessFunction<Object, Object>.Context functionContext;

    @SuppressWarnings("unchecked")
    ProcessOperator(OperatorSpec.ProcessSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (ProcessFunction<Object, Object>) spec.function();
        this.context = context;
        this.next = next;
        this.time = new OperatorTime(context.clockMs(), null, null);
        this.functionContext = FunctionContexts.of(function, moment, time, context.sideOutputs());
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
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
