package io.millrace.api.source.reader;

import io.millrace.api.source.SourceOutput;

/**
 * Makes records from what was fetched, and notes the position. Confined to the task.
 *
 * @param <E> what is fetched
 * @param <T> the records
 * @param <SplitStateT> the position in a split, which is changed in place
 */
public interface RecordEmitter<E, T, SplitStateT> {
    /** Emits none, one or several records, and moves {@code splitState} behind the element. */
    void emitRecord(E element, SourceOutput<T> output, SplitStateT splitState) throws Exception;
}
