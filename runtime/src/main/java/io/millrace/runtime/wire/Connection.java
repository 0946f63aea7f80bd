package io.millrace.runtime.wire;

/** An authenticated connection that carries frames in order. Thread-safe. */
public interface Connection extends AutoCloseable {
    /** The longest frame of a control connection. */
    int MAX_CONTROL_FRAME_BYTES = 16 << 20;

    /**
     * Queues a frame of 1 byte to {@link #MAX_CONTROL_FRAME_BYTES} (on a data connection {@link
     * DataConnection#MAX_FRAME_BYTES}); the array is not touched again by the caller. After the
     * connection has closed the frame is dropped: {@link ConnectionListener#onClosed} has said so.
     * A peer that reads so slowly that 64 MiB wait loses its control connection.
     */
    void send(byte[] frame);

    /** The peer's address, for messages. */
    String peer();

    /** Sends what is queued, then closes. Idempotent. */
    @Override
    void close();
}
