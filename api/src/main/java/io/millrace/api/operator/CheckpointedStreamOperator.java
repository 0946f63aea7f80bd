package io.millrace.api.operator;

import io.millrace.api.checkpoint.StateInitializationContext;
import io.millrace.api.checkpoint.StateSnapshotContext;

/** An operator with states of its own. Called by the engine, on the operator's task. */
public interface CheckpointedStreamOperator {
    /** Asks for its states; called once, before {@link StreamOperator#open}. */
    void initializeState(StateInitializationContext context) throws Exception;

    /** Puts what it holds in its fields into its states, which are then saved. */
    void snapshotState(StateSnapshotContext context) throws Exception;
}
