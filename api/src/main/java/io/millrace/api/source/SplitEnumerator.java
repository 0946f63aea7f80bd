package io.millrace.api.source;

import io.millrace.api.state.CheckpointListener;
import java.io.IOException;
import java.util.List;

/**
 * Finds the splits of a source and gives them to readers. Confined to its coordinator thread; slow
 * work goes through {@link SplitEnumeratorContext#callAsync}.
 */
public interface SplitEnumerator<SplitT extends SourceSplit, CheckpointT>
        extends AutoCloseable, CheckpointListener {
    void start();

    /**
     * @param requesterHostname null if unknown
     */
    void handleSplitRequest(int subtaskId, String requesterHostname);

    /** Splits of a reader that failed, to be given out again. */
    void addSplitsBack(List<SplitT> splits, int subtaskId);

    /** A reader has registered; see the context for where it runs. */
    void addReader(int subtaskId);

    CheckpointT snapshotState(long checkpointId) throws Exception;

    @Override
    void close() throws IOException;

    @Override
    default void notifyCheckpointComplete(long checkpointId) throws Exception {}

    default void handleSourceEvent(int subtaskId, SourceEvent sourceEvent) {}
}
