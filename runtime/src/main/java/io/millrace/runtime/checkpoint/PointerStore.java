package io.millrace.runtime.checkpoint;

/**
 * Keeps the pointers of an application's jobs. Confined to one storage thread of the leader.
 *
 * <p>Contract: what {@link #write} has returned for is what every later {@link #read} gives, of any
 * process, until the next write. A leader whose epoch is not the highest cannot write.
 */
public interface PointerStore extends AutoCloseable {
    /** The pointer of a job, or null if it has never had a checkpoint. */
    Pointer read(String jobId);

    /**
     * Replaces the pointer, if nobody else has since this store last read or wrote it.
     *
     * @param epoch of the leader that writes
     * @throws io.millrace.api.error.MillraceException {@code LEADERSHIP_LOST} if a higher epoch is
     *     known or another has written; {@code STORAGE_FAILED} if it is certain that nothing was
     *     written. An answer that was lost is asked for again, never guessed: if nobody can tell,
     *     {@code LEADERSHIP_LOST}
     */
    void write(Pointer pointer, long epoch);

    /** Forgets a job that has ended for good; nothing happens if there is no pointer. */
    void remove(String jobId, long epoch);

    @Override
    void close();
}
