package io.millrace.api.source;

/**
 * A {@link SourceReader} that can emit many records in one call, which saves a virtual call and a
 * status check a record. The engine prefers {@link #read} to {@code pollNext} where it is there,
 * and may mix both. Confined to the task.
 */
public interface ChunkedReader<T> {
    /**
     * Emits up to {@code maxRecords} records and returns. Must not wait for input that is not there
     * beyond what a single read of a file takes.
     *
     * @param maxRecords at least 1
     * @return {@code MORE_AVAILABLE} if another call may emit more, also if this one emitted none;
     *     the other two as in {@code pollNext}
     */
    InputStatus read(ReaderOutput<T> output, int maxRecords) throws Exception;
}
