package io.millrace.runtime.operator;

import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;

/** Calls the user's flat-map function and is its collector. */
final class FlatMapOperator extends Operator implements Collector<Object> {
    private final FlatMapFunction<Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final KeyedScope keys; // null if the function has no state of keys
    private long timestampMs;

    @SuppressWarnings("unchecked")
    FlatMapOperator(OperatorSpec.FlatMapSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (FlatMapFunction<Object, Object>) spec.function();
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
            keys.onRecord(0, record);
        }
        process(record, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        if (keys != null) {
            keys.onRecord(0, record, keyHash);
        }
        process(record, timestampMs);
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        if (keys != null) {
            keys.expect(keyHashes, count);
        }
    }

    private void process(Object record, long timestampMs) {
        this.timestampMs = timestampMs;
        try {
            function.flatMap(record, this);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void collect(Object record) {
        assert context.mayEmit();
        next.push(record, timestampMs);
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
