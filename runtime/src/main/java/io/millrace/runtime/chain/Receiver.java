package io.millrace.runtime.chain;

/**
 * A place in a chain that takes records and time from the one before it: an operator, or the writer
 * of an edge. Confined to its task.
 *
 * <p>Records go by reference. Who keeps a record beyond the call copies it, unless its type cannot
 * change or the job reuses objects.
 *
 * <p>A subclass overrides {@link #push} itself, with no shared code between it and the next place:
 * {@link ClassCopies} copies leaf classes only, and shared code would be shared by all chains.
 */
public abstract class Receiver {
    /**
     * Takes one record.
     *
     * @param timestampMs milliseconds since the epoch or {@code RecordChunk.NO_TIMESTAMP}
     */
    public abstract void push(Object record, long timestampMs);

    /**
     * Takes one record whose key hash is known.
     *
     * @param keyHash as {@code KeyGroups.hash} gives it
     */
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        push(record, timestampMs);
    }

    /**
     * Records with these key hashes are pushed next. Who keeps something by key may look at it
     * already: many look-ups at once wait for memory at the same time, one after the other each by
     * itself.
     */
    public void expect(int[] keyHashes, int count) {}

    /** Time has come to {@code timestampMs}; strictly higher at each call. */
    public abstract void watermark(long timestampMs);

    /**
     * All inputs are idle: nobody behind should wait for this chain's time. Ends with any other
     * call.
     */
    public abstract void idle();

    /**
     * After {@link #idle}: this chain's time counts again, although it has not come further. Who
     * passes on {@code idle} passes this on, too; who has nobody behind has nothing to do.
     */
    public void active() {}
}
