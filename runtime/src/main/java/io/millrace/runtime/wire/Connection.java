package io.millrace.runtime.wire;

/** An authenticated connection that carries frames in order. Thread-safe. */
public interface Connection extends AutoCloseable {
    /** Queues a frame of at most 16 MiB; the array is not touched again by the caller. */
    void send(byte[] frame);

    /** The peer's address, for messages. */
    String peer();

    /** Sends what is queued, then closes. Idempotent. */
    @Override
    void close();
}
