package io.millrace.runtime.operator;

import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;

/** Calls the user's process function of two streams and is its collector. */
final class CoProcessOperator extends TwoInputOperator implements Collector<Object> {
    private final CoProcessFunction<Object, Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final KeyedScope keys; // null if the function has no state of keys
    private final RecordMoment moment = new RecordMoment();
    private final OperatorTime time;
    private final CoProcessFunction<Object, Object, Object>.Context functionContext;

    @SuppressWarnings("unchecked")
    CoProcessOperator(OperatorSpec.CoProcessSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (CoProcessFunction<Object, Object, Object>) spec.function();
        this.context = context;
        this.keys = context.keysFor(function);
        this.next = next;
        this.time = new OperatorTime(context.clockMs(), null, null);
        this.functionContext = CoFunctionContexts.of(function, moment, time, context.sideOutputs());
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        if (keys != null) {
            keys.onRecord(FIRST, record);
        }
        processFirst(record, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        if (keys != null) {
            keys.onRecord(FIRST, record, keyHash);
        }
        processFirst(record, timestampMs);
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        if (keys != null) {
            keys.expect(keyHashes, count);
        }
    }

    private void processFirst(Object record, long timestampMs) {
        moment.timestampMs = timestampMs;
        try {
            function.processElement1(record, functionContext, this);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void pushSecond(Object record, long timestampMs) {
        if (keys != null) {
            keys.onRecord(SECOND, record);
        }
        processSecond(record, timestampMs);
    }

    @Override
    public void pushSecondKeyed(Object record, long timestampMs, int keyHash) {
        if (keys != null) {
            keys.onRecord(SECOND, record, keyHash);
        }
        processSecond(record, timestampMs);
    }

    private void processSecond(Object record, long timestampMs) {
        moment.timestampMs = timestampMs;
        try {
            function.processElement2(record, functionContext, this);
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
