package io.millrace.runtime.operator;

import io.millrace.api.function.CoMapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;

/** Calls the user's map function of two streams. */
final class CoMapOperator extends TwoInputOperator {
    private final CoMapFunction<Object, Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final KeyedScope keys; // null if the function has no state of keys

    @SuppressWarnings("unchecked")
    CoMapOperator(OperatorSpec.CoMapSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (CoMapFunction<Object, Object, Object>) spec.function();
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
        Object result;
        try {
            result = function.map1(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        next.push(result, timestampMs);
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
        Object result;
        try {
            result = function.map2(record);
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
