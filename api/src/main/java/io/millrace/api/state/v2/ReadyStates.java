package io.millrace.api.state.v2;

/**
 * States with futures over states without: each call is done when it returns. For the contexts that
 * give states to functions. Stateless.
 */
public final class ReadyStates {
    private ReadyStates() {}

    public static <T> ValueState<T> of(io.millrace.api.state.ValueState<T> state) {
        return new ReadyValueState<>(state);
    }

    public static <T> ListState<T> of(io.millrace.api.state.ListState<T> state) {
        return new ReadyListState<>(state);
    }

    public static <T> ReducingState<T> of(io.millrace.api.state.ReducingState<T> state) {
        return new ReadyReducingState<>(state);
    }

    public static <IN, OUT> AggregatingState<IN, OUT> of(
            io.millrace.api.state.AggregatingState<IN, OUT> state) {
        return new ReadyAggregatingState<>(state);
    }

    public static <UK, UV> MapState<UK, UV> of(io.millrace.api.state.MapState<UK, UV> state) {
        return new ReadyMapState<>(state);
    }
}
