package io.millrace.runtime.state.user;

import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import java.io.IOException;

/** A value that expires. Confined to the task. */
final class ExpiringValueState<T> implements ValueState<T> {
    private final ValueStateDescriptor<T> descriptor;
    private final ExpiringValue<T> held;

    ExpiringValueState(ValueStateDescriptor<T> descriptor, ExpiringValue<T> held) {
        this.descriptor = descriptor;
        this.held = held;
    }

    @Override
    public T value() throws IOException {
        T value = held.read();
        return value == null ? descriptor.getDefaultValue() : value;
    }

    @Override
    public void update(T value) throws IOException {
        held.write(value);
    }

    @Override
    public void clear() {
        held.clear();
    }
}
