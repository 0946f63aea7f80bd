package io.millrace.runtime.operator;

/**
 * Takes the records of a keyed operator's input, and gives one value for each key: the fold of its
 * records by their timestamps, those without one first, of equal timestamps as they came. Confined
 * to its task.
 */
public interface KeyFold extends AutoCloseable {
    /** What {@link #step} has done. */
    enum Step {
        /** Some work; there may be more values. */
        ON,
        /** There is a key and its value. */
        VALUE,
        /** There are no more. */
        END
    }

    /**
     * Adds a record, which is this one's from now on.
     *
     * @param timestampMs milliseconds since the epoch or {@code RecordChunk.NO_TIMESTAMP}
     * @param keyHash of {@code KeyGroups.hash}
     * @throws io.millrace.api.error.MillraceException {@code RECORD_TOO_LARGE}; {@code
     *     STORAGE_FAILED} if what does not fit in memory cannot be written
     */
    void add(Object record, long timestampMs, Object key, int keyHash) throws Exception;

    /** Records with these hashes come next. */
    void expect(int[] keyHashes, int count);

    /**
     * Does a little of what is left. Nothing is added after the first call.
     *
     * @throws io.millrace.api.error.MillraceException {@code STORAGE_FAILED} if a record cannot be
     *     read back
     */
    Step step() throws Exception;

    /** Of the value that the last step gave. */
    Object key();

    /** Of {@link #key}. */
    int keyHash();

    /** What the fold came to; null if the function made that of it. */
    Object value();

    /** Removes what is on disk. Safe to call twice, and after any failure. */
    @Override
    void close();
}
