package io.millrace.runtime.exchange.stored;

import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.message.StoredResult;

/** Takes what one attempt writes for one edge. Confined to the producing task. */
public interface ResultWriter extends AutoCloseable {
    /**
     * The writer for one consumer. It takes chunks and the end of input; time and barriers are not
     * kept. It always has space, is read at the end, and what it offers may wait for the disk,
     * within the turn.
     *
     * @throws io.millrace.api.error.MillraceException from {@code offer}: {@code STORAGE_FAILED}
     *     naming the file, the bytes wanted and what to do
     */
    ChannelWriter channel(int consumer);

    /**
     * Makes the result whole and readable, after the end of input of every channel.
     *
     * @throws io.millrace.api.error.MillraceException {@code STORAGE_FAILED}
     */
    StoredResult finish();

    /** Drops what was written, unless it is finished. Idempotent. */
    @Override
    void close();
}
