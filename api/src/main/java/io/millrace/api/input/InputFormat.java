package io.millrace.api.input;

import io.millrace.api.option.Configuration;
import java.io.IOException;

/**
 * Reads records of anything that is cut into splits. Life where splits are found: {@code
 * configure}, {@code createInputSplits}, {@code getInputSplitAssigner}. Life in a subtask: {@code
 * configure}, then for each split {@code open}, {@code nextRecord} until {@code reachedEnd}, {@code
 * close}, which is also called after a failure. Confined to its task; a read that waits delays
 * nobody else.
 *
 * @param <OT> the records
 * @param <T> the splits
 */
public interface InputFormat<OT, T extends InputSplit> extends InputSplitSource<T> {
    /** Called first, with an empty configuration. */
    void configure(Configuration parameters);

    /**
     * Never called: nothing here plans by statistics.
     *
     * @param cachedStatistics from an earlier call; null for none
     * @return null if nothing is known
     */
    BaseStatistics getStatistics(BaseStatistics cachedStatistics) throws IOException;

    @Override
    T[] createInputSplits(int minNumSplits) throws IOException;

    @Override
    InputSplitAssigner getInputSplitAssigner(T[] inputSplits);

    void open(T split) throws IOException;

    boolean reachedEnd() throws IOException;

    /**
     * @param reuse the record of the call before, to be filled again if the format likes; null at
     *     first. Records that can change are copied before they go on, unless the job reuses
     *     objects
     * @return null for nothing, after which {@link #reachedEnd} is asked again
     */
    OT nextRecord(OT reuse) throws IOException;

    /** The end of a split, or of all. */
    void close() throws IOException;
}
