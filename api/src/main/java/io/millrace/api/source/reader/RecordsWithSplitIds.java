package io.millrace.api.source.reader;

import java.util.Set;

/**
 * What one fetch has brought, split by split. Made by the fetcher's thread, then confined to the
 * task.
 */
public interface RecordsWithSplitIds<E> {
    /** Moves to the next split, also the first; null if there is none. */
    String nextSplit();

    /** Of the split that was moved to; null if it has no more here. */
    E nextRecordFromSplit();

    /** The splits that have been read to their ends with this fetch. */
    Set<String> finishedSplits();

    /** All has been emitted; what the records are made of may be used again. */
    default void recycle() {}
}
