package io.millrace.api.source;

import io.millrace.api.state.CheckpointListener;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the splits of one subtask. Life: {@code start}, then polls, splits and events in any order,
 * then {@code close}. Confined to the task; no method may wait. A reader that can read many records
 * at once also implements {@link ChunkedReader}.
 */
public interface SourceReader<T, SplitT extends SourceSplit>
        extends AutoCloseable, CheckpointListener {
    /** Called once, first. Usually asks the context for a split. */
    void start();

    /** Emits at most one record. */
    InputStatus pollNext(ReaderOutput<T> output) throws Exception;

    /** The splits with their positions, as they are now. */
    List<SplitT> snapshotState(long checkpointId);

    /** Completes when polling makes sense again; may be completed by any thread. */
    CompletableFuture<Void> isAvailable();

    void addSplits(List<SplitT> splits);

    /** No split will be added any more. */
    void notifyNoMoreSplits();

    default void handleSourceEvents(SourceEvent sourceEvent) {}

    @Override
    default void notifyCheckpointComplete(long checkpointId) throws Exception {}

    /**
     * Stops and resumes reading of splits that are ahead of, or behind, the others in event time.
     */
    default void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        throw new UnsupportedOperationException(
                getClass().getName() + " cannot pause splits, which aligned watermarks need.");
    }
}
