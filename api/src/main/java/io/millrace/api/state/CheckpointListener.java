package io.millrace.api.state;

/** Hears that a checkpoint has ended. Called on the thread that owns the object. */
public interface CheckpointListener {
    /** The checkpoint is durable; what waited for it may be made visible. */
    void notifyCheckpointComplete(long checkpointId) throws Exception;

    /** The checkpoint will never complete. */
    default void notifyCheckpointAborted(long checkpointId) throws Exception {}
}
