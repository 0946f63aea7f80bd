package io.millrace.runtime.operator;

/**
 * Takes the records of a keyed operator's inputs, and gives them once, one key after another: those
 * of a key by their timestamps, those without one first, of equal timestamps as they came. Confined
 * to its task.
 */
public interface KeySort extends AutoCloseable {
    /**
     * Adds a record, which may be changed afterwards.
     *
     * @param input from 0
     * @param timestampMs milliseconds since the epoch or {@code RecordChunk.NO_TIMESTAMP}
     * @param keyHash of {@code KeyGroups.hash}
     * @throws io.millrace.api.error.MillraceException {@code RECORD_TOO_LARGE}; {@code
     *     STORAGE_FAILED} if what does not fit in memory cannot be written
     */
    void add(int input, Object record, long timestampMs, Object key, int keyHash);

    /**
     * Goes to the next record; false after the last one. Nothing is added after the first call.
     *
     * @throws io.millrace.api.error.MillraceException {@code STORAGE_FAILED} if a record cannot be
     *     read back
     */
    boolean advance() throws Exception;

    /** Whether the present record is the first of its key. */
    boolean beginsKey();

    /** Of the present record's key. */
    int keyHash();

    /** Whose record the present one is. */
    int input();

    /** The present record. */
    Object record();

    /** That of the present record. */
    long timestampMs();

    /** Removes what is on disk. Safe to call twice, and after any failure. */
    @Override
    void close();
}
