package io.millrace.runtime.state.user;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.state.ReducingState;
import io.millrace.runtime.state.ValueTable;

/** A value for each key, into which others are reduced. Confined to the task. */
final class UserReducingState<T> implements ReducingState<T> {
    private final ReduceFunction<T> function;
    private final ValueTable table;

    UserReducingState(ReduceFunction<T> function, ValueTable table) {
        this.function = function;
        this.table = table;
    }

    @Override
    @SuppressWarnings("unchecked") // what was put
    public T get() {
        return (T) table.get();
    }

    /**
     * @param value null to forget what there is
     */
    @Override
    public void add(T value) throws Exception {
        if (value == null) {
            table.remove();
            return;
        }
        T before = get();
        table.put(before == null ? value : function.reduce(before, value));
    }

    @Override
    public void clear() {
        table.remove();
    }
}
