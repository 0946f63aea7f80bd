package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.coordinator.ClusterView.JobView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that take checkpoints and fail, on the embedded cluster. */
@Timeout(120)
class CheckpointedProgramsTest {
    private static final long PER_KEY = 200_000;
    private static final int KEYS = 10;

    private static final List<String> OUTPUT = new CopyOnWriteArrayList<>();
    private static final AtomicInteger COMPLETED = new AtomicInteger();
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    @TempDir private Path directory;
    private EmbeddedJobExecutor executor;

    @BeforeEach
    void begin() {
        OUTPUT.clear();
        COMPLETED.set(0);
        FAILED.set(false);
    }

    @AfterEach
    void end() {
        StreamExecutionEnvironment.clear();
        executor.close();
    }

    @Test
    void aFailureInTheMiddleLosesAndDoublesNothing() throws Exception {
        executor = RestartingExecutor.of(directory, Map.of());
        StreamExecutionEnvironment.runWith(executor);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.enableCheckpointing(20);
        env.fromSequence(0, PER_KEY * KEYS - 1)
                .map(new FailingOnce())
                .keyBy(number -> number % KEYS)
                .process(new Counting())
                .returns(Types.STRING)
                .map(
                        text -> {
                            OUTPUT.add(text);
                            return text;
                        })
                .returns(Types.STRING);

        env.execute("counts");

        assertThat(FAILED).isTrue();
        assertThat(OUTPUT).hasSize(KEYS).allMatch(text -> text.endsWith("=" + PER_KEY));
        JobView job = executor.view().jobs().get(0);
        assertThat(job.restarts()).isEqualTo(1);
        assertThat(job.checkpoints().completed()).isPositive();
        assertThat(job.checkpoints().restoredId()).isPositive();
        executor.close(); // waits for what the storage thread has still to do
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** Throws when a checkpoint has become complete, once. */
    private static final class FailingOnce extends RichMapFunction<Long, Long>
            implements CheckpointListener {
        @Override
        public Long map(Long number) {
            if (COMPLETED.get() > 1 && FAILED.compareAndSet(false, true)) {
                throw new MillraceException(ErrorCode.STORAGE_FAILED, "once");
            }
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            COMPLETED.incrementAndGet();
        }
    }

    /** Says how many records a key has had when it has all, or too many. */
    private static final class Counting extends KeyedProcessFunction<Long, Long, String> {
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void processElement(Long number, Context context, Collector<String> out)
                throws Exception {
            long seen = count.value() == null ? 1 : count.value() + 1;
            count.update(seen);
            if (seen >= PER_KEY) {
                out.collect(context.getCurrentKey() + "=" + seen);
            }
        }
    }
}
