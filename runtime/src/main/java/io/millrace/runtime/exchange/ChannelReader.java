package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.Item;

/** The consuming end of a channel. Confined to the consuming task. */
public interface ChannelReader extends AutoCloseable {
    /**
     * The next item, or null if none is there now; {@code onItem} runs when that changes.
     *
     * @throws io.millrace.api.error.MillraceException {@code EXCHANGE_FAILED} if the producer's
     *     side is gone before its end of input
     */
    Item poll();

    /** Bytes taken from the network so far; 0 for a local channel. */
    long bytesIn();

    /** Drops what is queued and tells the producer to stop. Idempotent. */
    @Override
    void close();
}
