package io.millrace.runtime.operator;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;

/** Calls the user's keyed process function and is its collector. */
final class KeyedProcessOperator extends Operator implements Collector<Object> {
    private final KeySelector<Object, Object> keySelector;
    private final KeyedProcessFunction<Object, Object, Object> function;
    private final Receiver next;
    private final OperatorContext context;
    private final RecordMoment moment = new RecordMoment();
    private final KeyedProcessFunction<Object, Object, Object>.Context functionContext;

    @SuppressWarnings("unchecked")
    KeyedProcessOperator(
            OperatorSpec.KeyedProcessSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.function = (KeyedProcessFunction<Object, Object, Object>) spec.function();
        this.context = context;
        this.next = next;
        this.functionContext = FunctionContexts.of(function, moment);
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        moment.timestampMs = timestampMs;
        try {
            moment.key = keySelector.getKey(record);
            function.processElement(record, functionContext, this);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void collect(Object record) {
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
