package io.millrace.runtime.state.user;

import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.runtime.state.ValueTable;

/** One value for each key. Confined to the task. */
final class UserValueState<T> implements ValueState<T> {
    private final ValueStateDescriptor<T> descriptor;
    private final ValueTable table;

    UserValueState(ValueStateDescriptor<T> descriptor, ValueTable table) {
        this.descriptor = descriptor;
        this.table = table;
    }

    @Override
    @SuppressWarnings("unchecked") // what was put
    public T value() {
        Object value = table.get();
        return value == null ? descriptor.getDefaultValue() : (T) value;
    }

    @Override
    public void update(T value) {
        if (value == null) {
            table.remove();
        } else {
            table.put(value);
        }
    }

    @Override
    public void clear() {
        table.remove();
    }
}
