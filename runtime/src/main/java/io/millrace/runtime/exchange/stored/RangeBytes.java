package io.millrace.runtime.exchange.stored;

import java.nio.ByteBuffer;

/**
 * The stored bytes of one range of a result, in order, wherever they are. Confined to the reading
 * task.
 */
public interface RangeBytes extends AutoCloseable {
    /**
     * The next bytes, or null if none are there now; {@code onBytes} runs when that changes. Not to
     * be called again when all have come.
     *
     * @return backed by an array, which the caller owns; at least one byte
     * @throws ResultLostException if they are gone or cannot be reached
     */
    ByteBuffer poll();

    /** Names a place among the bytes, for messages. */
    String where(long position);

    /** Stops reading. Idempotent. */
    @Override
    void close();
}
