package io.millrace.api.source.reader;

import io.millrace.api.source.SourceSplit;
import java.io.IOException;
import java.util.Collection;

/**
 * Reads from a number of splits by a client that may wait. Confined to its fetcher's thread, but
 * for {@link #wakeUp}.
 *
 * @param <E> what is fetched
 */
public interface SplitReader<E, SplitT extends SourceSplit> extends AutoCloseable {
    /** Waits for records and returns them; with none if it was woken up. */
    RecordsWithSplitIds<E> fetch() throws IOException;

    /**
     * Called between two fetches, before the first with the first splits.
     *
     * @param splitsChanges a {@link SplitsAddition}, or a {@link SplitsRemoval}, which may name
     *     splits that have ended
     */
    void handleSplitsChanges(SplitsChange<SplitT> splitsChanges);

    /** Lets {@link #fetch} return soon, also the next one if none is running. By any thread. */
    void wakeUp();

    /** Stops and resumes reading of splits that are ahead of, or behind, others in event time. */
    default void pauseOrResumeSplits(
            Collection<SplitT> splitsToPause, Collection<SplitT> splitsToResume) {
        throw new UnsupportedOperationException(
                getClass().getName() + " cannot pause splits, which aligned watermarks need.");
    }
}
