package io.millrace.api.state.v2;

/** An aggregate over one without futures. Confined to the task. */
final class ReadyAggregatingState<IN, OUT> extends ReadyAppendingState<IN, OUT>
        implements AggregatingState<IN, OUT> {
    ReadyAggregatingState(io.millrace.api.state.AggregatingState<IN, OUT> state) {
        super(state);
    }
}
