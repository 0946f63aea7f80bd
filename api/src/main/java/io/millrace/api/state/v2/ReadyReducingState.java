package io.millrace.api.state.v2;

/** A reduced value over one without futures. Confined to the task. */
final class ReadyReducingState<T> extends ReadyAppendingState<T, T> implements ReducingState<T> {
    ReadyReducingState(io.millrace.api.state.ReducingState<T> state) {
        super(state);
    }
}
