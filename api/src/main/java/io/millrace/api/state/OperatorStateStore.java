package io.millrace.api.state;

import java.util.Set;

/**
 * Gives the states of one subtask of an operator, which have no keys. They are in memory, whatever
 * the back end of keyed state. Implemented by the engine; confined to the task.
 */
public interface OperatorStateStore {
    /** A map that every subtask has whole and must change in the same way. */
    <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> stateDescriptor)
            throws Exception;

    /** A list whose elements are dealt out anew if the parallelism changes. */
    <S> ListState<S> getListState(ListStateDescriptor<S> stateDescriptor) throws Exception;

    /** A list of which, after a restore, every subtask gets the elements of all subtasks. */
    <S> ListState<S> getUnionListState(ListStateDescriptor<S> stateDescriptor) throws Exception;

    /** The same state; a broadcast state has no futures. */
    default <K, V> BroadcastState<K, V> getBroadcastState(
            io.millrace.api.state.v2.MapStateDescriptor<K, V> stateDescriptor) throws Exception {
        return getBroadcastState(stateDescriptor.synchronous());
    }

    /** The same state, with futures. */
    default <S> io.millrace.api.state.v2.ListState<S> getListState(
            io.millrace.api.state.v2.ListStateDescriptor<S> stateDescriptor) throws Exception {
        return io.millrace.api.state.v2.ReadyStates.of(getListState(stateDescriptor.synchronous()));
    }

    /** The same state, with futures. */
    default <S> io.millrace.api.state.v2.ListState<S> getUnionListState(
            io.millrace.api.state.v2.ListStateDescriptor<S> stateDescriptor) throws Exception {
        return io.millrace.api.state.v2.ReadyStates.of(
                getUnionListState(stateDescriptor.synchronous()));
    }

    /** Names of the list states, also of those that were restored and not asked for; a copy. */
    Set<String> getRegisteredStateNames();

    /** Names of the broadcast states, also of those that were restored; a copy. */
    Set<String> getRegisteredBroadcastStateNames();
}
