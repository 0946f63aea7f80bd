package io.millrace.runtime.wire;

import io.netty.buffer.ByteBuf;
import java.nio.channels.FileChannel;

/** A connection for bulk data: pooled buffers and back-pressure. Thread-safe. */
public interface DataConnection extends Connection {
    /** The longest payload of a data frame. */
    int MAX_FRAME_BYTES = 1 << 20;

    /**
     * A pooled buffer with room for a payload of exactly {@code payloadBytes}, to be filled by
     * {@code writeBytes} and then handed to {@link #send(ByteBuf)}, or released.
     *
     * @param payloadBytes from 1 to {@link #MAX_FRAME_BYTES}
     */
    ByteBuf newFrame(int payloadBytes);

    /** Queues a filled frame of {@link #newFrame}; the caller does not touch it again. */
    void send(ByteBuf frame);

    /**
     * Queues a frame whose payload is some bytes and then a part of a file, which goes from the
     * disk to the network by itself. A part that cannot be read when its turn comes ends the
     * connection.
     *
     * @param file stays open until {@code done}
     * @param bytes of the file; with the head at most {@link #MAX_FRAME_BYTES}
     * @param done run once, on any thread, when the file is not needed any more, sent or not
     */
    void send(byte[] head, FileChannel file, long offset, int bytes, Runnable done);

    /**
     * False if so much is queued that the sender should stop; then {@link
     * ConnectionListener#onWritable} follows. Sending on is no error: credits bound what can come.
     */
    boolean isWritable();
}
