package io.millrace.runtime.exchange.stored;

import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Keeps what producers wrote until it is dropped, for readers in any worker at any later time.
 * Thread-safe.
 */
public interface StoredExchange extends AutoCloseable {
    /**
     * What one consumer reads of a result.
     *
     * @param worker that has it
     * @param node the shuffle service that has it, too; null if only the worker does
     */
    record Input(ResultId id, WorkerAddress worker, ResultSlice slice, NodeService node) {
        /** Of one that the worker alone has. */
        public Input(ResultId id, WorkerAddress worker, ResultSlice slice) {
            this(id, worker, slice, null);
        }
    }

    /**
     * @param ranges how many the producer makes of what it writes for this edge
     * @param codec of the chunks of the edge; each block of a result is written by a new one, and
     *     so can be read by itself
     * @throws io.millrace.api.error.MillraceException {@code STORAGE_FAILED} naming the directory
     */
    ResultWriter openWriter(ResultId id, int ranges, Supplier<ChunkCodec> codec);

    /**
     * Reads a slice of each of several results, from this worker's disk or from the workers that
     * have them. They share an amount of memory, so a reader may have to wait until others are
     * through: all are polled as long as any is. The last item of each is the end of input; time is
     * over before it.
     *
     * @param onItem gives for each input what is run after a poll that gave null when there is an
     *     item, or the result is lost
     * @return in the order of the inputs; their polls throw {@link ResultLostException} if the
     *     result is gone, cannot be reached or is damaged
     */
    List<ChannelReader> openReaders(
            List<Input> inputs, Supplier<ChunkCodec> codec, IntFunction<Runnable> onItem);

    /** Nobody will read it any more. Idempotent; a reader that is still open may lose it. */
    void drop(ResultId id);

    /** The results that are whole and have not been dropped; any thread. */
    List<ResultId> held();

    /** Drops everything of the job. */
    void releaseJob(JobId jobId);

    @Override
    void close();
}
