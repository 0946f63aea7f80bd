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

    /** Which back end holds the states: {@code heap} or {@code rocksdb}. */
    String getBackendTypeIdentifier();
}
