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

    @SuppressWarnings("unchecked")
    MapOperator(OperatorSpec.MapSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (MapFunction<Object, Object>) spec.function();
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
