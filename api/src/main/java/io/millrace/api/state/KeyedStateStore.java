package io.millrace.api.state;

/**
 * Gives the states of a keyed stream. A state always means the current key: the one of the record
 * or timer that is being processed. The same descriptor gives the same state. Implemented by the
 * engine; confined to the task.
 *
 * <p>Each method fails with {@code PROGRAM_INVALID} if the name is in use with another kind of
 * state.
 */
public interface KeyedStateStore {
    <T> ValueState<T> getState(ValueStateDescriptor<T> stateProperties);

    <T> ListState<T> getListState(ListStateDescriptor<T> stateProperties);

    <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> stateProperties);

    <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
            AggregatingStateDescriptor<IN, ACC, OUT> stateProperties);

    <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> stateProperties);

    /** The same state, with futures. */
    default <T> io.millrace.api.state.v2.ValueState<T> getState(
            io.millrace.api.state.v2.ValueStateDescriptor<T> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(getState(stateProperties.synchronous()));
    }

    /** The same state, with futures. */
    default <T> io.millrace.api.state.v2.ListState<T> getListState(
            io.millrace.api.state.v2.ListStateDescriptor<T> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(getListState(stateProperties.synchronous()));
    }

    /** The same state, with futures. */
    default <T> io.millrace.api.state.v2.ReducingState<T> getReducingState(
            io.millrace.api.state.v2.ReducingStateDescriptor<T> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(
                getReducingState(stateProperties.synchronous()));
    }

    /** The same state, with futures. */
    default <IN, ACC, OUT> io.millrace.api.state.v2.AggregatingState<IN, OUT> getAggregatingState(
            io.millrace.api.state.v2.AggregatingStateDescriptor<IN, ACC, OUT> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(
                getAggregatingState(stateProperties.synchronous()));
    }

    /** The same state, with futures. */
    default <UK, UV> io.millrace.api.state.v2.MapState<UK, UV> getMapState(
            io.millrace.api.state.v2.MapStateDescriptor<UK, UV> stateProperties) {
        return io.millrace.api.state.v2.ReadyStates.of(getMapState(stateProperties.synchronous()));
    }

    /** The same as {@code getState}. */
    default <T> io.millrace.api.state.v2.ValueState<T> getValueState(
            io.millrace.api.state.v2.ValueStateDescriptor<T> stateProperties) {
        return getState(stateProperties);
    }

    /** Which back end holds the states: {@code heap} or {@code rocksdb}. */
    String getBackendTypeIdentifier();
}
