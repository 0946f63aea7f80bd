package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.IteratorSourceEnumerator;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.hybrid.HybridSource;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.coordinator.ClusterView.JobView;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several sources read as one, on the embedded cluster. */
@Timeout(120)
class HybridSourceProgramsTest {
    private static final long EACH = 20_000;
    private static final List<String> SUMS = new CopyOnWriteArrayList<>();
    private static final AtomicInteger COMPLETED = new AtomicInteger();
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    @TempDir private Path directory;
    private EmbeddedJobExecutor executor;

    @BeforeEach
    void begin() {
        SUMS.clear();
        COMPLETED.set(0);
        MADE.set(0);
        FAILED.set(false);
        executor = RestartingExecutor.of(directory, Map.of());
        StreamExecutionEnvironment.runWith(executor);
    }

    @AfterEach
    void end() {
        StreamExecutionEnvironment.clear();
        executor.close();
    }

    @Test
    void aFailureInTheFirstSourceLosesAndDoublesNothing() throws Exception {
        sumsWithAFailureAt(10, RuntimeExecutionMode.STREAMING);
        assertThat(restored()).isPositive();
    }

    @Test
    void aFailureBehindTheSwitchGoesOnInTheSourceThatTheFactoryHasMade() throws Exception {
        sumsWithAFailureAt(EACH + 10, RuntimeExecutionMode.STREAMING);
        assertThat(restored()).isPositive();
        assertThat(MADE).as("sources made").hasValue(1);
    }

    @Test
    void aFailureInABoundedJobReadsBothSourcesAgain() throws Exception {
        sumsWithAFailureAt(EACH + 10, RuntimeExecutionMode.BATCH);
    }

    @Test
    void aSourceThatNeverEndsIsTheLast() {
        var endless =
                HybridSource.<Long, IteratorSourceEnumerator<?>>builder(numbers(0))
                        .<IteratorSourceEnumerator<?>, NumberSequenceSource>addSource(
                                first -> numbers(1), Boundedness.CONTINUOUS_UNBOUNDED);
        assertThatThrownBy(() -> endless.addSource(numbers(2)))
                .hasMessageContaining("Source 2 of a hybrid source never ends");
        assertThat(endless.build().getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void aFactoryMakesWhatItWasAddedAs() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSource(
                        HybridSource.<Long, IteratorSourceEnumerator<?>>builder(numbers(0))
                                .<IteratorSourceEnumerator<?>, NumberSequenceSource>addSource(
                                        first -> numbers(1), Boundedness.CONTINUOUS_UNBOUNDED)
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "both",
                        Types.LONG)
                .sinkTo(new DiscardingSink<>());
        assertThatThrownBy(env::execute)
                .hasStackTraceContaining(
                        "was added as CONTINUOUS_UNBOUNDED, but has made a source that is BOUNDED");
    }

    private long restored() {
        JobView job = executor.view().jobs().get(0);
        assertThat(job.restarts()).isEqualTo(1);
        return job.checkpoints().restoredId();
    }

    private static NumberSequenceSource numbers(int part) {
        return new NumberSequenceSource(part * EACH, part * EACH + EACH - 1);
    }

    private static void sumsWithAFailureAt(long number, RuntimeExecutionMode mode)
            throws Exception {
        HybridSource<Long> both =
                HybridSource.<Long, IteratorSourceEnumerator<?>>builder(numbers(0))
                        .<IteratorSourceEnumerator<?>, NumberSequenceSource>addSource(
                                first -> {
                                    MADE.incrementAndGet();
                                    return numbers(1);
                                },
                                Boundedness.BOUNDED)
                        .build();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2).setRuntimeMode(mode);
        boolean streaming = mode == RuntimeExecutionMode.STREAMING;
        if (streaming) {
            env.enableCheckpointing(10);
        }
        env.fromSource(both, WatermarkStrategy.noWatermarks(), "both", Types.LONG)
                .map(new FailingOnce(number, streaming ? 4 : 0))
                .keyBy(each -> each / EACH)
                .map(new Summing())
                .filter(text -> text.endsWith("of " + EACH))
                .map(
                        text -> {
                            SUMS.add(text);
                            return text;
                        })
                .returns(Types.STRING);
        env.execute("sums");

        assertThat(FAILED).isTrue();
        Map<Long, Long> expected = new HashMap<>();
        for (long part = 0; part < 2; part++) {
            expected.put(part, EACH * (2 * part * EACH + EACH - 1) / 2);
        }
        assertThat(SUMS)
                .contains(expected.get(0L) + " of " + EACH, expected.get(1L) + " of " + EACH);
    }

    /** Sums what it has seen of a key, and says of how many numbers. */
    private static final class Summing extends RichMapFunction<Long, String> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Long> sum;
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext openContext) {
            sum = state("sum");
            count = state("count");
        }

        private ValueState<Long> state(String name) {
            return getRuntimeContext().getState(new ValueStateDescriptor<>(name, Types.LONG));
        }

        @Override
        public String map(Long number) throws Exception {
            long all = (sum.value() == null ? 0 : sum.value()) + number;
            long many = (count.value() == null ? 0 : count.value()) + 1;
            sum.update(all);
            count.update(many);
            return all + " of " + many;
        }
    }

    /** Throws once behind a number, when so many more checkpoints are complete; slow until then. */
    private static final class FailingOnce extends RichMapFunction<Long, Long>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        private final long from;
        private final int checkpoints;
        private int completedBefore = -1;

        FailingOnce(long from, int checkpoints) {
            this.from = from;
            this.checkpoints = checkpoints;
        }

        @Override
        public Long map(Long number) {
            if (number >= from && !FAILED.get()) {
                if (completedBefore < 0) {
                    completedBefore = COMPLETED.get();
                }
                if (COMPLETED.get() - completedBefore >= checkpoints
                        && FAILED.compareAndSet(false, true)) {
                    throw new MillraceException(ErrorCode.STORAGE_FAILED, "once");
                }
                LockSupport.parkNanos(100_000);
            }
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            COMPLETED.incrementAndGet();
        }
    }
}
