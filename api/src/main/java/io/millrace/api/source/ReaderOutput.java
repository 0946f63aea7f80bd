package io.millrace.api.source;

/**
 * The output of a reader. With an output for each split, watermarks follow the slowest of the
 * splits; without, all records go through one.
 */
public interface ReaderOutput<T> extends SourceOutput<T> {
    /** The output of a split; the same one until it is released. */
    SourceOutput<T> createOutputForSplit(String splitId);

    void releaseOutputForSplit(String splitId);
}
