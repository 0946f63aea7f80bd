package io.millrace.api.state.v2;

/** A value over one without futures. Confined to the task. */
final class ReadyValueState<T> extends ReadyState<io.millrace.api.state.ValueState<T>>
        implements ValueState<T> {
    ReadyValueState(io.millrace.api.state.ValueState<T> state) {
        super(state);
    }

    @Override
    public T value() {
        return call(io.millrace.api.state.ValueState::value);
    }

    @Override
    public void update(T value) {
        run(state -> state.update(value));
    }

    @Override
    public StateFuture<T> asyncValue() {
        return new ReadyFuture<>(value());
    }

    @Override
    public StateFuture<Void> asyncUpdate(T value) {
        update(value);
        return ReadyFuture.done();
    }
}
