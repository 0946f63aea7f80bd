package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import java.util.function.Supplier;

/**
 * Opens the two ends of channels, in the same worker by reference, between workers over the
 * network. Thread-safe. An exchange never calls a task: the callbacks only wake one, from any
 * thread.
 */
public interface Exchange extends AutoCloseable {
    /**
     * @param consumer where the reading end is
     * @param onSpace run after a refused offer when there is space again, or the peer is gone
     */
    ChannelWriter openWriter(
            ChannelId id, WorkerAddress consumer, Supplier<ChunkCodec> codec, Runnable onSpace);

    /**
     * @param producer where the writing end is, or will be: the two ends may open in any order
     * @param onItem run after a poll that gave null when there is an item, or the peer is gone
     */
    ChannelReader openReader(
            ChannelId id, WorkerAddress producer, Supplier<ChunkCodec> codec, Runnable onItem);

    /** Drops everything of the job. */
    void releaseJob(JobId jobId);

    @Override
    void close();
}
