package io.millrace.runtime.checkpoint;

import java.io.IOException;
import java.util.List;

/**
 * State of one operator as it was at a barrier, to be written while its task goes on. Made in the
 * task's turn, written at most once on a snapshot thread, then closed.
 */
public interface FrozenState extends AutoCloseable {
    /**
     * Appends what was frozen. Snapshot thread.
     *
     * @throws IOException from the file system; the checkpoint fails, the task goes on
     */
    List<StatePart> writeTo(SegmentOutput out) throws IOException;

    /** Lets go of what was frozen, whether it was written or not. Any thread; idempotent. */
    @Override
    void close();
}
