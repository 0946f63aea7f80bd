package io.millrace.runtime.exchange.stored;

import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.function.Supplier;

/**
 * Keeps what producers wrote until it is dropped, for readers in any worker at any later time.
 * Thread-safe.
 */
public interface StoredExchange extends AutoCloseable {
    /**
     * @param consumers how many the producer has on this edge
     * @param codec of chunks that are kept: each block of a result is read by itself
     * @throws io.millrace.api.error.MillraceException {@code STORAGE_FAILED} naming the directory
     */
    ResultWriter openWriter(ResultId id, int consumers, Supplier<ChunkCodec> codec);

    /**
     * Reads one range of a result, from this worker's disk or from the worker that has it. The last
     * item is the end of input.
     *
     * @param range which of its ranges
     * @param onItem run after a poll that gave null when there is an item, or the result is lost
     * @return its polls throw {@link ResultLostException} if the result is gone, cannot be reached
     *     or is damaged
     */
    ChannelReader openReader(
            StoredResult result, int range, Supplier<ChunkCodec> codec, Runnable onItem);

    /** Nobody will read it any more. Idempotent; a reader that is still open loses it. */
    void drop(ResultId id);

    /** Drops everything of the job. */
    void releaseJob(JobId jobId);

    @Override
    void close();
}
