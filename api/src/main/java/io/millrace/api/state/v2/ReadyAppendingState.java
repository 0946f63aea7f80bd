package io.millrace.api.state.v2;

/** A result over a state without futures. Confined to the task. */
abstract class ReadyAppendingState<IN, OUT>
        extends ReadyState<io.millrace.api.state.AppendingState<IN, OUT>>
        implements MergingState<IN, OUT, OUT> {
    ReadyAppendingState(io.millrace.api.state.AppendingState<IN, OUT> state) {
        super(state);
    }

    @Override
    public final OUT get() {
        return call(io.millrace.api.state.AppendingState::get);
    }

    @Override
    public final void add(IN value) {
        run(state -> state.add(value));
    }

    @Override
    public final StateFuture<OUT> asyncGet() {
        return new ReadyFuture<>(get());
    }

    @Override
    public final StateFuture<Void> asyncAdd(IN value) {
        add(value);
        return ReadyFuture.done();
    }
}
