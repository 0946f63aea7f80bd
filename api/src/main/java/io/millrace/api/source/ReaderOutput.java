package io.millrace.api.source;

import io.millrace.api.function.OutputTag;

/**
 * The output of a reader. With an output for each split, watermarks follow the slowest of the
 * splits; without, all records go through one.
 */
public interface ReaderOutput<T> extends SourceOutput<T> {
    /** The output of a split; the same one until it is released. */
    SourceOutput<T> createOutputForSplit(String splitId);

    void releaseOutputForSplit(String splitId);

    /**
     * Emits a record to a side output of the source, which {@code getSideOutput} of its stream
     * reads; dropped if nobody does.
     *
     * @param timestamp in milliseconds since the epoch; {@code Long.MIN_VALUE} for none
     */
    default <X> void output(OutputTag<X> tag, X record, long timestamp) {
        throw new UnsupportedOperationException(
                getClass().getName() + " has no side outputs, which " + tag + " needs.");
    }
}
