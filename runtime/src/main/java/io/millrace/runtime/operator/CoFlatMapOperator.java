package io.millrace.runtime.operator;

import io.millrace.api.function.CoFlatMapFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;

/** Calls the user's flat map function of two streams and is its collector. */
final class CoFlatMapOperator extends TwoInputOperator implements Collector<Object> {
    private final CoFlatMapFunction<Object, Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final KeyedScope keys; // null if the function has no state of keys
    private long currentMs;

    @SuppressWarnings("unchecked")
    CoFlatMapOperator(OperatorSpec.CoFlatMapSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (CoFlatMapFunction<Object, Object, Object>) spec.function();
        this.context = context;
        this.keys = context.keysFor(function);
        this.next = next;
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
        currentMs = timestampMs;
        try {
            function.flatMap1(record, this);
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
        currentMs = timestampMs;
        try {
            function.flatMap2(record, this);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void collect(Object record) {
        assert context.mayEmit();
        next.push(record, currentMs);
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
