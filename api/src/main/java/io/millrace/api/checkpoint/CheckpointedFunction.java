package io.millrace.api.checkpoint;

/**
 * A function that takes part in checkpoints with state of its own. {@link #initializeState} is
 * called once, before the function is opened; {@link #snapshotState} between two records, once for
 * each checkpoint. Both on the task's thread.
 */
public interface CheckpointedFunction {
    /** Puts what the function holds in its fields into its states, which are then saved. */
    void snapshotState(FunctionSnapshotContext context) throws Exception;

    /** Asks for its states; after a restore they hold what was saved. */
    void initializeState(FunctionInitializationContext context) throws Exception;
}
