package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Config;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What of a job's output is visible when it ends with a savepoint, and when another goes on. */
@Timeout(120)
class SavepointOutputTest {
    private static final long RECORDS = 40_000;
    private static final AtomicLong READ = new AtomicLong();
    private static volatile CountDownLatch checkpoints = new CountDownLatch(0);

    @TempDir private Path directory;

    @AfterEach
    void nothingStandsStillAnyMore() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
        System.clearProperty(FaultPoint.REACHED_FILE);
        StreamExecutionEnvironment.clear();
    }

    private static final class Hearing extends RichMapFunction<Long, Long>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        @Override
        public Long map(Long number) {
            READ.incrementAndGet();
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpoints.countDown();
        }
    }

    private JobClient program(int perCheckpoint) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> index,
                                RECORDS,
                                RateLimiterStrategy.perCheckpoint(perCheckpoint),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(new Hearing())
                .uid("hearing")
                .rebalance()
                .sinkTo(
                        FileSink.<Long>forRowFormat(
                                        new io.millrace.api.file.Path(
                                                directory.resolve("out").toString()),
                                        new SimpleStringEncoder<>())
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .build())
                .uid("out");
        return env.executeAsync("numbers");
    }

    private List<Long> visible() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.resolve("out").relativize(file).toString();
                if (!name.startsWith(".") && !name.startsWith("_") && !name.contains("/.")) {
                    Files.readAllLines(file).forEach(line -> numbers.add(Long.parseLong(line)));
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }

    private EmbeddedJobExecutor executor(String from) {
        Map<String, String> options = new HashMap<>();
        options.put("embedded.workers", "2");
        options.put(
                "execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString());
        options.put("execution.checkpointing.interval", "30 ms");
        if (from != null) {
            options.put("execution.state-recovery.path", from);
        }
        EmbeddedJobExecutor executor =
                new EmbeddedJobExecutor(Config.of(options), getClass().getClassLoader());
        StreamExecutionEnvironment.runWith(executor);
        return executor;
    }

    private String target() {
        return directory.resolve("savepoints").toUri().toString();
    }

    @Test
    void everythingBeforeTheCutIsVisibleAndTheNextJobAddsTheRestOnce() throws Exception {
        String path;
        try (EmbeddedJobExecutor first = executor(null)) {
            checkpoints = new CountDownLatch(8);
            JobClient job = program(1_000);
            checkpoints.await();
            path = job.stopWithSavepoint(false, target(), SavepointFormatType.NATIVE).get();
            job.getJobExecutionResult().get();
        }
        List<Long> before = visible();
        assertThat(before).doesNotHaveDuplicates().hasSizeBetween(1, (int) RECORDS - 1);

        try (EmbeddedJobExecutor second = executor(path)) {
            program(20_000).getJobExecutionResult().get();
        }

        assertThat(visible())
                .containsAll(before)
                .containsExactlyElementsOf(LongStream.range(0, RECORDS).boxed().toList());
    }

    @Test
    void aJobThatIsDrainedHasAllItHasReadVisible() throws Exception {
        READ.set(0);
        try (EmbeddedJobExecutor first = executor(null)) {
            checkpoints = new CountDownLatch(5);
            JobClient job = program(1_000);
            checkpoints.await();
            job.stopWithSavepoint(true, target(), SavepointFormatType.NATIVE).get();
            job.getJobExecutionResult().get();
            assertThat(visible()).doesNotHaveDuplicates().hasSize((int) READ.get());
        }
    }

    @Test
    void aWorkerThatIsLostAfterTheDecisionCostsNoOutputAndIsTold() throws Exception {
        Path reached = directory.resolve("reached");
        Config config = Config.of(Map.of("execution.checkpointing.interval", "30 ms"));
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, config)) {
            OperationView outcome =
                    leaders.lead(
                            () -> {
                                checkpoints = new CountDownLatch(5);
                                JobClient job = program(1_000);
                                checkpoints.await();
                                System.setProperty(FaultPoint.REACHED_FILE, reached.toString());
                                System.setProperty(FaultPoint.CRASH_HOW, "wait");
                                System.setProperty(
                                        FaultPoint.CRASH_AT,
                                        FaultPoint.SAVEPOINT_STOP_DECIDED.name());
                                CompletableFuture<OperationView> asked =
                                        leaders.leader()
                                                .operate(
                                                        new Operation(
                                                                "mine",
                                                                new JobId(
                                                                        job.getJobID()
                                                                                .toHexString()),
                                                                OperationKind.STOP_WITH_SAVEPOINT,
                                                                target(),
                                                                SavepointFormatType.NATIVE,
                                                                "a test"));
                                while (!Files.exists(reached)) {
                                    LockSupport.parkNanos(1_000_000);
                                }
                                leaders.endWorker("worker-1");
                                Files.delete(reached);
                                OperationView view = asked.get();
                                job.getJobExecutionResult().get();
                                return view;
                            });
            assertThat(outcome.state()).isEqualTo(OperationView.State.COMPLETED);
            assertThat(outcome.note()).contains("were lost while the job was ending");
            assertThat(outcome.path()).matches(SavepointDirectory::isWhole);
        }
        List<Long> before = visible();
        assertThat(before).doesNotHaveDuplicates().isNotEmpty();

        String path;
        try (Stream<Path> all = Files.list(directory.resolve("savepoints"))) {
            path = all.findFirst().orElseThrow().toUri().toString();
        }
        try (EmbeddedJobExecutor second = executor(path)) {
            program(20_000).getJobExecutionResult().get();
        }
        assertThat(visible())
                .containsExactlyElementsOf(LongStream.range(0, RECORDS).boxed().toList());
    }
}
