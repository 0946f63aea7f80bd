package io.millrace.runtime.operator;

import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;

/** Calls the user's map function. */
final class MapOperator extends Operator {
    private final MapFunction<Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final KeyedScope keys; // null if the function has no state of keys

    @SuppressWarnings("unchecked")
    MapOperator(OperatorSpec.MapSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (MapFunction<Object, Object>) spec.function();
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
        Object result;
        try {
            result = function.map(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        next.push(result, timestampMs);
    }

    @Override
    public void release() throws Exception {
        context.close(function);
    }
}
