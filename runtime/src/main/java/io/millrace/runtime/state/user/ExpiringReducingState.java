package io.millrace.runtime.state.user;

import io.millrace.api.function.ReduceFunction;
import io.millrace.api.state.ReducingState;

/** A reduced value that expires. Confined to the task. */
final class ExpiringReducingState<T> implements ReducingState<T> {
    private final ReduceFunction<T> function;
    private final ExpiringValue<T> held;

    ExpiringReducingState(ReduceFunction<T> function, ExpiringValue<T> held) {
        this.function = function;
        this.held = held;
    }

    @Override
    public T get() throws Exception {
        return held.read();
    }

    @Override
    public void add(T value) throws Exception {
        T before = held.readToChange();
        held.write(before == null ? value : function.reduce(before, value));
    }

    @Override
    public void clear() {
        held.clear();
    }
}
