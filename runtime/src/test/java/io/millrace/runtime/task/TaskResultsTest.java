package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TaskResultsTest {
    private static final JobId JOB = new JobId("a".repeat(32));

    private final List<ResultId> dropped = new ArrayList<>();
    private final List<ResultId> closed = new ArrayList<>();

    private static ResultId id(int edge) {
        return new ResultId(JOB, edge, 0, 0);
    }

    private final class Writer implements ResultWriter {
        private final ResultId id;
        private final boolean diskIsFull;

        Writer(ResultId id, boolean diskIsFull) {
            this.id = id;
            this.diskIsFull = diskIsFull;
        }

        @Override
        public ChannelWriter channel(int consumer) {
            throw new AssertionError("nothing is written");
        }

        @Override
        public StoredResult finish() {
            if (diskIsFull) {
                throw new IllegalStateException("full");
            }
            return new StoredResult(id, new WorkerAddress("w", "h", 1), List.of());
        }

        @Override
        public void close() {
            closed.add(id);
        }
    }

    private final class Exchange implements StoredExchange {
        @Override
        public ResultWriter openWriter(ResultId id, int consumers, Supplier<ChunkCodec> codec) {
            throw new AssertionError("open already");
        }

        @Override
        public List<ChannelReader> openReaders(
                List<Input> inputs, Supplier<ChunkCodec> codec, IntFunction<Runnable> onItem) {
            throw new AssertionError("nothing is read");
        }

        @Override
        public void drop(ResultId id) {
            dropped.add(id);
        }

        @Override
        public List<ResultId> held() {
            return List.of();
        }

        @Override
        public void releaseJob(JobId jobId) {
            throw new AssertionError("the job goes on");
        }

        @Override
        public void close() {
            throw new AssertionError("of somebody else");
        }
    }

    private TaskResults results(ResultWriter... writers) {
        return new TaskResults(new Exchange(), List.of(writers));
    }

    @Test
    void tellsTheResultsOfAllEdges() {
        TaskResults results = results(new Writer(id(1), false), new Writer(id(2), false));

        assertThat(results.finish()).extracting(StoredResult::id).containsExactly(id(1), id(2));
        assertThat(dropped).isEmpty();
    }

    @Test
    void keepsNoneIfOneCannotBeMadeWhole() {
        TaskResults results = results(new Writer(id(1), false), new Writer(id(2), true));

        assertThatThrownBy(results::finish).hasMessage("full");
        results.close();

        assertThat(dropped).containsExactly(id(1));
        assertThat(closed).containsExactly(id(1), id(2));
    }
}
