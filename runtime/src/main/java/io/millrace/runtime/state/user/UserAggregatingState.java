package io.millrace.runtime.state.user;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.state.AggregatingState;
import io.millrace.runtime.state.ValueTable;

/** An accumulator for each key. Confined to the task. */
final class UserAggregatingState<IN, ACC, OUT> implements AggregatingState<IN, OUT> {
    private final AggregateFunction<IN, ACC, OUT> function;
    private final ValueTable table;

    UserAggregatingState(AggregateFunction<IN, ACC, OUT> function, ValueTable table) {
        this.function = function;
        this.table = table;
    }

    @SuppressWarnings("unchecked") // what was put
    private ACC accumulator() {
        return (ACC) table.get();
    }

    @Override
    public OUT get() {
        ACC accumulator = accumulator();
        return accumulator == null ? null : function.getResult(accumulator);
    }

    /**
     * @param value null to forget what there is
     */
    @Override
    public void add(IN value) {
        if (value == null) {
            table.remove();
            return;
        }
        ACC before = accumulator();
        table.put(function.add(value, before == null ? function.createAccumulator() : before));
    }

    @Override
    public void clear() {
        table.remove();
    }
}
