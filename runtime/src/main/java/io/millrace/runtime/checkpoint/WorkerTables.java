package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import java.io.IOException;

/**
 * The tables of one worker and one savepoint while they are written: those of large parts while
 * their rows come, all others when there is everything. {@link #begin} on a snapshot thread, then
 * {@link #finish} on another, or {@link #abandon}; confined to one at a time.
 */
public interface WorkerTables {
    /**
     * Begins a table of a keyed part of its own.
     *
     * @param operator without subtasks
     * @param part without pieces
     * @throws IOException of the file system
     * @throws MillraceException {@code CHECKPOINT_INCOMPATIBLE} if only its back end reads the part
     */
    GrowingTable begin(OperatorEntry operator, int subtask, StatePart part) throws IOException;

    /**
     * Writes the rest. Returns when all files are durable.
     *
     * @param share the job with the state of this worker's subtasks; others have none. Parts whose
     *     tables were begun are without content
     * @param segments where that state is; thread-safe
     * @return what {@link SavepointTables#finish} must know, to travel in an acknowledgement
     * @throws IOException of the file system, or because the pace gives up; {@link #abandon} then
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}, {@code CHECKPOINT_INCOMPATIBLE};
     *     in the same way
     */
    byte[] finish(Manifest share, SegmentSource segments) throws IOException;

    /**
     * Nobody wants them: waits until nobody writes any more, and removes what was written; what
     * cannot be removed is logged.
     */
    void abandon();
}
