package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.accumulator.IntCounter;
import io.millrace.api.accumulator.ListAccumulator;
import io.millrace.api.accumulator.LongCounter;
import io.millrace.api.error.FlinkRuntimeException;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Metric;
import io.millrace.api.metric.MetricConfig;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.MetricReporter;
import io.millrace.api.metric.MetricReporterFactory;
import io.millrace.api.option.Config;
import io.millrace.api.option.ParameterTool;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobExecutionResult;
import io.millrace.api.stream.JobListener;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions are offered beside their records, from the program to the result. */
class FunctionServicesTest {
    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());
    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    @TempDir Path directory;
    private EmbeddedJobExecutor executor;

    @BeforeEach
    void forget() {
        SEEN.clear();
        ATTEMPTS.set(0);
    }

    @AfterEach
    void close() {
        StreamExecutionEnvironment.clear();
        if (executor != null) {
            executor.close();
        }
    }

    private StreamExecutionEnvironment environment(String... options) {
        Map<String, String> all = new HashMap<>();
        all.put("task.spill-directory", directory.resolve("scratch").toString());
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        executor = new EmbeddedJobExecutor(Config.of(all), getClass().getClassLoader());
        StreamExecutionEnvironment.runWith(executor);
        return StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(2);
    }

    /** Counts every record in an accumulator. */
    private static final class Counting extends RichMapFunction<Long, Long> {
        private final String name;
        private IntCounter counter;

        Counting(String name) {
            this.name = name;
        }

        @Override
        public void open(OpenContext openContext) {
            counter = getRuntimeContext().getIntCounter(name);
        }

        @Override
        public Long map(Long value) {
            counter.add(1);
            return value;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void mergesAccumulatorsOfSubtasksAndOperators(String workers) throws Exception {
        StreamExecutionEnvironment env = environment("embedded.workers", workers);
        env.fromSequence(1, 1_000)
                .map(new Counting("records"))
                .map(new Counting("records"))
                .rebalance()
                .map(new Counting("behind"))
                .sinkTo(new DiscardingSink<>());

        JobExecutionResult result = env.execute();

        assertThat(result.<Integer>getAccumulatorResult("records")).isEqualTo(2_000);
        assertThat(result.<Integer>getAccumulatorResult("behind")).isEqualTo(1_000);
        assertThat(result.getAllAccumulatorResults()).containsOnlyKeys("records", "behind");
        assertThat(result.getNetRuntime()).isPositive();
    }

    /** Fails in its first attempt, after it has counted. */
    private static final class FailingOnce extends RichMapFunction<Long, Long> {
        @Override
        public Long map(Long value) {
            getRuntimeContext().getLongCounter("sum").add(value);
            if (value == 90 && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
                throw new MillraceException(
                        io.millrace.api.error.ErrorCode.STORAGE_FAILED, "once only");
            }
            return value;
        }
    }

    @Test
    void countsOnlyTheAttemptThatFinished() throws Exception {
        StreamExecutionEnvironment env = environment("restart.delay", "0 ms");
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.setParallelism(1);
        env.fromSequence(1, 100).map(new FailingOnce()).sinkTo(new DiscardingSink<>());

        JobExecutionResult result = env.execute();

        assertThat(result.<Long>getAccumulatorResult("sum")).isEqualTo(5_050);
    }

    /** Registers an accumulator of another class under the same name. */
    private static final class CountingLong extends RichMapFunction<Long, Long> {
        @Override
        public void open(OpenContext openContext) {
            getRuntimeContext().addAccumulator("n", new LongCounter(1));
        }

        @Override
        public Long map(Long value) {
            return value;
        }
    }

    @Test
    void namesAConflictOfAccumulators() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.fromSequence(1, 10)
                .map(new Counting("n"))
                .map(new CountingLong())
                .sinkTo(new DiscardingSink<>());

        assertThatThrownBy(env::execute)
                .hasMessageContaining("ACCUMULATOR_CONFLICT")
                .hasMessageContaining("IntCounter")
                .hasMessageContaining("LongCounter");
    }

    /** An accumulator that its program cannot merge. */
    private static final class Unmergeable extends IntCounter {
        private static final long serialVersionUID = 1L;

        @Override
        public IntCounter clone() {
            throw new IllegalStateException("not to be cloned");
        }
    }

    /** Adds such a one. */
    private static final class AddsUnmergeable extends RichMapFunction<Long, Long> {
        @Override
        public void open(OpenContext openContext) {
            getRuntimeContext().addAccumulator("n", new Unmergeable());
        }

        @Override
        public Long map(Long value) {
            return value;
        }
    }

    @Test
    void anAccumulatorThatFailsFailsWhoAsksForIt() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.fromSequence(1, 10).map(new AddsUnmergeable()).sinkTo(new DiscardingSink<>());

        JobExecutionResult result = env.execute();

        assertThatThrownBy(result::getAllAccumulatorResults)
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("ACCUMULATOR_LOST")
                .hasRootCauseMessage("not to be cloned");
    }

    /** Collects more than may be told. */
    private static final class Hoarding extends RichMapFunction<Long, Long> {
        private final ListAccumulator<byte[]> list = new ListAccumulator<>();

        @Override
        public void open(OpenContext openContext) {
            getRuntimeContext().addAccumulator("list", list);
        }

        @Override
        public Long map(Long value) {
            list.add(new byte[1_000]);
            return value;
        }
    }

    @Test
    void saysThatAnAccumulatorWasTooLarge() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.setParallelism(1);
        env.fromSequence(1, 2_000)
                .map(new Hoarding())
                .map(new Counting("n"))
                .sinkTo(new DiscardingSink<>());

        JobExecutionResult result = env.execute();

        assertThatThrownBy(() -> result.getAccumulatorResult("list"))
                .hasMessageContaining("ACCUMULATOR_LOST")
                .hasMessageContaining("may have 1048576");
        assertThat(result.<Integer>getAccumulatorResult("n")).isEqualTo(2_000);
    }

    @Test
    void showsAccumulatorsWhileTheJobRuns() throws Exception {
        StreamExecutionEnvironment env = environment("heartbeat.interval", "10 ms");
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> index,
                                Long.MAX_VALUE,
                                io.millrace.api.source.ratelimit.RateLimiterStrategy.perSecond(
                                        1_000),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "endless")
                .map(new Counting("live"))
                .sinkTo(new DiscardingSink<>());

        JobClient client = env.executeAsync();

        Object seen = null;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (seen == null && System.nanoTime() < deadline) {
            seen = client.getAccumulators().get().get("live");
        }
        client.cancel().get();
        assertThat(seen).isInstanceOf(Integer.class);
        assertThatThrownBy(() -> client.getJobExecutionResult().get())
                .hasMessageContaining("JOB_CANCELED");
    }

    /** Reads its parameters and its cached file, and says what it saw. */
    private static final class Reading extends RichMapFunction<Long, Long> {
        private transient String text;

        @Override
        @SuppressWarnings("deprecation") // programs ask so
        public void open(OpenContext openContext) throws Exception {
            ParameterTool tool =
                    (ParameterTool)
                            getRuntimeContext().getExecutionConfig().getGlobalJobParameters();
            File file = getRuntimeContext().getDistributedCache().getFile("words");
            text =
                    tool.get("greeting")
                            + getRuntimeContext().getGlobalJobParameters().get("greeting")
                            + Files.readString(file.toPath())
                            + file.canExecute();
            File inside =
                    new File(getRuntimeContext().getDistributedCache().getFile("tree"), "a/b.txt");
            SEEN.add(text + Files.readString(inside.toPath()));
            SEEN.add(file.getPath());
            getRuntimeContext()
                    .registerUserCodeClassLoaderReleaseHookIfAbsent(
                            "once", () -> SEEN.add("released"));
        }

        @Override
        public Long map(Long value) {
            return value;
        }
    }

    @Test
    void givesFunctionsTheParametersAndFilesOfTheProgram() throws Exception {
        Path words = Files.writeString(directory.resolve("words.txt"), "-file-");
        Path tree = Files.createDirectories(directory.resolve("tree/a")).getParent();
        Files.writeString(tree.resolve("a/b.txt"), "-inside");
        StreamExecutionEnvironment env = environment();
        env.getConfig()
                .setGlobalJobParameters(
                        ParameterTool.fromArgs(new String[] {"--greeting", "hello"}));
        env.registerCachedFile(words.toString(), "words", true);
        env.registerCachedFile(tree.toString(), "tree");
        env.fromSequence(1, 10).map(new Reading()).sinkTo(new DiscardingSink<>());

        env.execute();
        executor.close();

        assertThat(SEEN).contains("hellohello-file-true-inside").contains("released");
        assertThat(SEEN.stream().filter("released"::equals)).hasSize(1);
        SEEN.stream()
                .filter(seen -> seen.endsWith("words.txt"))
                .forEach(copy -> assertThat(Path.of(copy)).doesNotExist());
    }

    @Test
    void refusesAJobWhoseCachedFileIsMissing() {
        StreamExecutionEnvironment env = environment();
        env.registerCachedFile(directory.resolve("none").toString(), "none");
        env.fromSequence(1, 10).sinkTo(new DiscardingSink<>());
        assertThatThrownBy(env::execute)
                .hasMessageContaining("PATH_NOT_FOUND")
                .hasMessageContaining("cached file 'none'");
    }

    /** Asks for a file that nobody registered. */
    private static final class Asking extends RichMapFunction<Long, Long> {
        @Override
        public Long map(Long value) {
            getRuntimeContext().getDistributedCache().getFile("other");
            return value;
        }
    }

    @Test
    void namesAFileThatIsNotRegistered() throws Exception {
        Path words = Files.writeString(directory.resolve("words.txt"), "x");
        StreamExecutionEnvironment env = environment();
        env.registerCachedFile(words.toString(), "words");
        env.fromSequence(1, 10).map(new Asking()).sinkTo(new DiscardingSink<>());
        assertThatThrownBy(env::execute)
                .hasMessageContaining("no file is registered as 'other'")
                .hasMessageContaining("[words]");
    }

    /** Keeps what it is told. */
    public static final class Telling implements MetricReporterFactory, MetricReporter {
        static final List<String> TOLD = Collections.synchronizedList(new ArrayList<>());
        static final CountDownLatch CLOSED = new CountDownLatch(1);

        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return this;
        }

        @Override
        public void open(MetricConfig config) {
            TOLD.add("open " + config.getString("color", "none"));
        }

        @Override
        public void close() {
            TOLD.add("close");
            CLOSED.countDown();
        }

        @Override
        public void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group) {
            TOLD.add("add " + group.getMetricIdentifier(metricName));
        }

        @Override
        public void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group) {
            TOLD.add(
                    "remove "
                            + metricName
                            + " "
                            + (metric instanceof Counter counter ? counter.getCount() : -1));
        }
    }

    /** Counts in a metric of its own. */
    private static final class Measuring extends RichMapFunction<Long, Long> {
        private transient Counter counter;

        @Override
        public void open(OpenContext openContext) {
            counter = getRuntimeContext().getMetricGroup().addGroup("kind", "odd").counter("mine");
        }

        @Override
        public Long map(Long value) {
            counter.inc();
            return value;
        }
    }

    /** Counts in the group that writers are given. */
    private static final class MeasuredSink implements Sink<Long> {
        @Override
        public SinkWriter<Long> createWriter(WriterInitContext context) {
            Counter sent = context.metricGroup().getNumRecordsSendCounter();
            return new SinkWriter<>() {
                @Override
                public void write(Long element, Context writing) {
                    sent.inc(2);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void tellsReportersOfTheMetricsOfFunctions() throws Exception {
        StreamExecutionEnvironment env =
                environment(
                        "metrics.reporter.mine.factory.class",
                        Telling.class.getName(),
                        "metrics.reporter.mine.color",
                        "green");
        env.setParallelism(1);
        env.fromSequence(1, 100)
                .map(new Measuring())
                .name("Measure")
                .sinkTo(new MeasuredSink())
                .name("Write");

        env.execute("measured");
        executor.close();

        assertThat(Telling.CLOSED.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Telling.TOLD).startsWith("open green").endsWith("close");
        assertThat(Telling.TOLD)
                .anyMatch(
                        told ->
                                told.startsWith("add localhost.worker.")
                                        && told.endsWith(".measured.Measure.0.kind.odd.mine"))
                .contains("remove mine 100");
        assertThat(Telling.TOLD)
                .anyMatch(told -> told.endsWith(".Measure.0.numRecordsIn"))
                .contains("remove numRecordsIn 100", "remove numRecordsSend 200");
    }

    @Test
    void tellsListenersOfJobsAndTheirEnds() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.registerJobListener(
                new JobListener() {
                    @Override
                    public void onJobSubmitted(JobClient jobClient, Throwable throwable) {
                        SEEN.add(jobClient == null ? "refused" : "submitted");
                        throw new IllegalStateException("goes no further");
                    }

                    @Override
                    public void onJobExecuted(
                            JobExecutionResult jobExecutionResult, Throwable throwable) {
                        SEEN.add(throwable == null ? "finished" : "failed");
                    }
                });
        env.fromSequence(1, 10).sinkTo(new DiscardingSink<>());
        env.execute();
        env.fromSequence(1, 10).map(n -> n / (n * 0)).sinkTo(new DiscardingSink<>());
        assertThatThrownBy(env::execute).hasMessageContaining("/ by zero");
        env.registerCachedFile("/no/such", "none");
        env.fromSequence(1, 10).sinkTo(new DiscardingSink<>());
        assertThatThrownBy(env::execute).hasMessageContaining("PATH_NOT_FOUND");
        assertThat(SEEN).containsExactly("submitted", "finished", "submitted", "failed", "refused");
    }
}
