package io.millrace.runtime.state.user;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.state.AggregatingState;

/** An aggregate that expires. Confined to the task. */
final class ExpiringAggregatingState<IN, ACC, OUT> implements AggregatingState<IN, OUT> {
    private final AggregateFunction<IN, ACC, OUT> function;
    private final ExpiringValue<ACC> held;

    ExpiringAggregatingState(AggregateFunction<IN, ACC, OUT> function, ExpiringValue<ACC> held) {
        this.function = function;
        this.held = held;
    }

    @Override
    public OUT get() throws Exception {
        ACC accumulator = held.read();
        return accumulator == null ? null : function.getResult(accumulator);
    }

    @Override
    public void add(IN value) throws Exception {
        ACC before = held.readToChange();
        held.write(function.add(value, before == null ? function.createAccumulator() : before));
    }

    @Override
    public void clear() {
        held.clear();
    }
}
