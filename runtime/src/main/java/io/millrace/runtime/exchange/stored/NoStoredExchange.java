package io.millrace.runtime.exchange.stored;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Of a worker that was assembled without batch execution: stored edges fail. Immutable. */
public final class NoStoredExchange implements StoredExchange {
    @Override
    public ResultWriter openWriter(ResultId id, int ranges, Supplier<ChunkCodec> codec) {
        throw missing("edge " + id.edgeId() + " cannot be written");
    }

    @Override
    public List<ChannelReader> openReaders(
            List<Input> inputs, Supplier<ChunkCodec> codec, IntFunction<Runnable> onItem) {
        throw missing(inputs.size() + " stored results cannot be read");
    }

    private static MillraceException missing(String what) {
        return new MillraceException(
                ErrorCode.INTERNAL,
                what
                        + ": this worker was assembled without a stored exchange, and so runs no"
                        + " stages of batch jobs. Give its task executor one.");
    }

    @Override
    public void drop(ResultId id) {
        // There are none.
    }

    @Override
    public List<ResultId> held() {
        return List.of();
    }

    @Override
    public void releaseJob(JobId jobId) {
        // There are none.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
