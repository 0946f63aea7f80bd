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

    @SuppressWarnings("unchecked")
    CoMapOperator(OperatorSpec.CoMapSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (CoMapFunction<Object, Object, Object>) spec.function();
        this.context = context;
        this.next = next;
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
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
