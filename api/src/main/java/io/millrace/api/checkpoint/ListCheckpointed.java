package io.millrace.api.checkpoint;

import java.io.Serializable;
import java.util.List;

/**
 * A function whose state is a list of objects, which are dealt out anew if the parallelism changes.
 *
 * @deprecated {@link CheckpointedFunction} does the same with types
 */
@Deprecated
public interface ListCheckpointed<T extends Serializable> {
    /**
     * What is to be saved.
     *
     * @param timestamp when the checkpoint was triggered, in milliseconds since the epoch
     * @return null or empty for nothing
     */
    List<T> snapshotState(long checkpointId, long timestamp) throws Exception;

    /**
     * Called after a restore only, before the function is opened.
     *
     * @param state what falls to this subtask; may be empty
     */
    void restoreState(List<T> state) throws Exception;
}
