package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.CheckpointConfig;
import io.millrace.api.checkpoint.CheckpointConfig.ExternalizedCheckpointCleanup;
import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.option.Config;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.RichSourceFunction;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.testing.Await;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs as introductions to stream processing have them, in the forms of older releases too: a
 * source that saves its count, a function that drops duplicates, settings of checkpoints.
 */
@Timeout(120)
@SuppressWarnings("deprecation") // that is what programs are written with
class OverviewProgramsTest {
    private static final List<Long> COUNTED = new CopyOnWriteArrayList<>();
    private static final List<Long> BEGAN_AT = new CopyOnWriteArrayList<>();
    private static final AtomicInteger COMPLETE = new AtomicInteger();

    @TempDir private Path directory;

    @BeforeEach
    void forget() {
        COUNTED.clear();
        BEGAN_AT.clear();
        COMPLETE.set(0);
    }

    @AfterEach
    void clear() {
        StreamExecutionEnvironment.clear();
    }

    /** Counts, saves the count with each checkpoint, and fails once when it has been saved. */
    private static final class CountSource extends RichSourceFunction<Long>
            implements CheckpointedFunction, CheckpointListener {
        private static final long serialVersionUID = 1L;
        private static final long COUNT = 2_000;

        private transient ListState<Long> checkpointedCount;
        private long count;
        // Of a checkpoint that has saved something; written and read by the task.
        private transient long firstWorthIt;
        private volatile boolean isRunning = true;

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            checkpointedCount =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("count", Long.class));
            if (context.isRestored()) {
                for (Long saved : checkpointedCount.get()) {
                    count = saved;
                }
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            checkpointedCount.clear();
            checkpointedCount.add(count);
            if (count > 0 && firstWorthIt == 0) {
                firstWorthIt = context.getCheckpointId();
            }
        }

        @Override
        public void run(SourceContext<Long> context) throws Exception {
            BEGAN_AT.add(count);
            boolean first = BEGAN_AT.size() == 1;
            // The first attempt goes on until it has something to lose.
            while (isRunning && (first || count < COUNT)) {
                synchronized (context.getCheckpointLock()) {
                    context.collect(count);
                    count++;
                }
                if (first && COMPLETE.get() >= 2 && count > 100) {
                    throw new IllegalStateException("fails once");
                }
                if (first && count == COUNT / 2) {
                    awaitCheckpoints();
                }
            }
        }

        private void awaitCheckpoints() {
            Await.until(
                    "two checkpoints are complete, or it is canceled",
                    COMPLETE::get,
                    complete -> !isRunning || complete >= 2);
        }

        @Override
        public void cancel() {
            isRunning = false;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (firstWorthIt > 0 && checkpointId >= firstWorthIt) {
                COMPLETE.incrementAndGet();
            }
        }
    }

    private EmbeddedJobExecutor executor(Map<String, String> options) {
        return new EmbeddedJobExecutor(Config.of(options), getClass().getClassLoader());
    }

    @Test
    void aSourceGoesOnFromTheCountThatItHasSaved() throws Exception {
        try (EmbeddedJobExecutor executor =
                executor(
                        Map.of(
                                "restart-strategy.type",
                                "fixed-delay",
                                "restart-strategy.fixed-delay.attempts",
                                "3",
                                "restart-strategy.fixed-delay.delay",
                                "10 ms",
                                "state.checkpoints.dir",
                                directory.toUri().toString()))) {
            StreamExecutionEnvironment.runWith(executor);
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.enableCheckpointing(20);
            env.setParallelism(1);

            env.addSource(new CountSource())
                    .map(
                            number -> {
                                COUNTED.add(number);
                                return number;
                            });
            env.execute("count");
        }

        assertThat(BEGAN_AT).hasSize(2).startsWith(0L);
        long restored = BEGAN_AT.get(1);
        assertThat(restored).isPositive();
        assertThat(COUNTED)
                .as("without a gap, and nothing before the count is emitted again")
                .endsWith(
                        LongStream.range(restored, CountSource.COUNT).boxed().toArray(Long[]::new))
                .startsWith(LongStream.range(0, restored).boxed().toArray(Long[]::new));
    }

    /** What happens. */
    public static class Event {
        public String id;
        public long timestamp;

        public Event() {}

        public Event(String id, long timestamp) {
            this.id = id;
            this.timestamp = timestamp;
        }

        public String getId() {
            return id;
        }
    }

    /** Lets the first event of each id pass. */
    private static final class DedupFunction extends KeyedProcessFunction<String, Event, Event> {
        private static final long serialVersionUID = 1L;

        private transient ValueState<Boolean> seen;

        @Override
        public void open(Configuration params) {
            seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Boolean.class));
        }

        @Override
        public void processElement(Event event, Context context, Collector<Event> out)
                throws Exception {
            if (seen.value() == null) {
                seen.update(true);
                out.collect(event);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void theFirstOfEachIdPasses(String backend) throws Exception {
        try (EmbeddedJobExecutor executor =
                executor(
                        Map.of(
                                "state.backend",
                                backend,
                                "state.checkpoints.dir",
                                directory.toUri().toString(),
                                "state.backend.incremental",
                                "true"))) {
            StreamExecutionEnvironment.runWith(executor);
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.enableCheckpointing(20);

            List<Event> passed =
                    env.fromElements(
                                    new Event("a", 1),
                                    new Event("b", 2),
                                    new Event("a", 3),
                                    new Event("b", 4))
                            .keyBy(Event::getId)
                            .process(new DedupFunction())
                            .executeAndCollect(10);

            assertThat(passed.stream().map(Event::getId)).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void everySettingOfCheckpointsIsTaken() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        CheckpointConfig config = env.getCheckpointConfig();
        config.setCheckpointInterval(30_000);
        config.setCheckpointTimeout(60_000);
        config.setMaxConcurrentCheckpoints(1);
        config.setMinPauseBetweenCheckpoints(5_000);
        config.setTolerableCheckpointFailureNumber(3);
        config.enableExternalizedCheckpoints(ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION);

        assertThat(config.getCheckpointInterval()).isEqualTo(30_000);
        assertThat(config.getCheckpointTimeout()).isEqualTo(60_000);
        assertThat(config.getMaxConcurrentCheckpoints()).isEqualTo(1);
        assertThat(config.getMinPauseBetweenCheckpoints()).isEqualTo(5_000);
        assertThat(config.getTolerableCheckpointFailureNumber()).isEqualTo(3);
        assertThat(config.getExternalizedCheckpointCleanup())
                .isEqualTo(ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION);
        assertThat(env.fromSequence(1, 3).executeAndCollect(3))
                .containsExactlyInAnyOrder(1L, 2L, 3L);
    }
}
