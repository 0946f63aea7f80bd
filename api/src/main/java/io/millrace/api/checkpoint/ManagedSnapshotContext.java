package io.millrace.api.checkpoint;

import java.util.OptionalLong;

/** The checkpoint that is being taken. Implemented by the engine; confined to the task. */
public interface ManagedSnapshotContext {
    /** Grows with each checkpoint of the job, also over restarts. */
    long getCheckpointId();

    /** When the checkpoint was triggered, in milliseconds since the epoch. */
    long getCheckpointTimestamp();

    /** The checkpoint that the running attempt started from; empty if it started afresh. */
    default OptionalLong getRestoredCheckpointId() {
        return OptionalLong.empty();
    }
}
