package io.millrace.api.collect;

import java.io.IOException;

/**
 * Frames of results between the connections that bring them and the iterator that reads them.
 * Thread-safe. Several attempts of a subtask may come one after the other; only records of the last
 * count.
 */
interface ResultBuffer extends AutoCloseable {
    /**
     * An attempt begins to send.
     *
     * @return false if a later one has begun already, so that this one is not heard
     */
    boolean begin(int subtask, int attempt);

    /** Takes a frame; waits while the buffer is full. Ignored after {@link #discard}. */
    void put(Frame frame) throws IOException, InterruptedException;

    /** The job has ended: what has been put is all. */
    void end();

    /** Ends the reader with {@code failure}, after what has been put. */
    void fail(Throwable failure);

    /**
     * The next frame; waits for it.
     *
     * @return null at the end
     * @throws Exception what {@link #fail} was given
     */
    Frame take() throws Exception;

    /** Nobody reads any more: whatever comes is dropped, and nobody waits. */
    void discard();

    @Override
    void close() throws IOException;

    /** Some records of an attempt, as they came. The array is not changed. */
    record Frame(int subtask, int attempt, byte[] bytes) {}
}
