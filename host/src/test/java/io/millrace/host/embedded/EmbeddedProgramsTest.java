package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ExceptionUtils;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.option.Config;
import io.millrace.api.option.Configuration;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.testing.Await;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.OutputMode;
import io.millrace.connector.file.TextLineInputFormat;
import io.millrace.coordinator.ClusterView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole programs on the embedded cluster, as a user writes and starts them. */
@Timeout(60)
class EmbeddedProgramsTest {
    private static final int LINES = 3_000;

    @TempDir private java.nio.file.Path directory;

    @ParameterizedTest(name = "{0}, parallelism {1}, {2} workers")
    @CsvSource({
        "BATCH, 1, 1",
        "BATCH, 2, 1",
        "BATCH, 3, 2",
        "BATCH, 4, 2",
        "STREAMING, 1, 1",
        "STREAMING, 2, 2",
        "STREAMING, 3, 1",
        "STREAMING, 4, 2"
    })
    void countsWords(RuntimeExecutionMode mode, int parallelism, int workers) throws Exception {
        java.nio.file.Path input = text();
        java.nio.file.Path output = directory.resolve("out");
        StreamExecutionEnvironment env = environment(Map.of("embedded.workers", "" + workers));
        env.setRuntimeMode(mode);
        env.setParallelism(parallelism);

        wordCount(env, input, output);
        env.execute("words");

        Map<String, Integer> highest = new TreeMap<>();
        int lines = 0;
        for (String line : linesIn(output)) {
            String[] pair = line.substring(1, line.length() - 1).split(",");
            highest.merge(pair[0], Integer.valueOf(pair[1]), Math::max);
            lines++;
        }
        assertThat(highest).isEqualTo(expectedCounts());
        assertThat(lines)
                .isEqualTo(
                        mode == RuntimeExecutionMode.BATCH ? expectedCounts().size() : 3 * LINES);
    }

    @ParameterizedTest
    @CsvSource({"BATCH, 1", "BATCH, 2", "STREAMING, 1", "STREAMING, 2"})
    void collectsResultsInTheProgram(RuntimeExecutionMode mode, int workers) throws Exception {
        StreamExecutionEnvironment env = environment(Map.of("embedded.workers", "" + workers));
        env.setRuntimeMode(mode);
        env.setParallelism(2);
        List<Long> collected = new ArrayList<>();

        try (CloseableIterator<Long> results =
                env.fromSequence(1, 1_000)
                        .keyBy(n -> n % 7)
                        .map(n -> n * 2)
                        .executeAndCollect("doubles")) {
            results.forEachRemaining(collected::add);
        }

        assertThat(collected).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(collected.stream().mapToLong(n -> n).sum()).isEqualTo(1_001_000);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "4, 2"})
    void generatesEveryRecordOnceAtARate(int parallelism, int workers) throws Exception {
        StreamExecutionEnvironment env = environment(Map.of("embedded.workers", "" + workers));
        env.setParallelism(parallelism);
        DataGeneratorSource<String> source =
                new DataGeneratorSource<>(
                        index -> "Number: " + index,
                        1_000,
                        RateLimiterStrategy.perSecond(5_000),
                        Types.STRING);

        List<String> collected = new ArrayList<>();
        try (CloseableIterator<String> results =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "Generator")
                        .executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }

        assertThat(collected)
                .hasSize(1_000)
                .doesNotHaveDuplicates()
                .contains("Number: 0", "Number: 999");
    }

    @Test
    void aGeneratorThatThrowsIsNamed() {
        StreamExecutionEnvironment env = environment(Map.of());
        env.fromSource(
                        new DataGeneratorSource<>(index -> 10 / (index - 5), 100, Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "Quotients")
                .print();
        assertThatThrownBy(env::execute)
                .hasMessageContaining("Source: Quotients")
                .hasMessageContaining("/ by zero");
    }

    @Test
    void movesRecordsOverTheNetworkBetweenTwoWorkers() throws Exception {
        try (EmbeddedJobExecutor executor =
                new EmbeddedJobExecutor(
                        Config.of(Map.of("embedded.workers", "2")), getClass().getClassLoader())) {
            StreamExecutionEnvironment.runWith(executor);
            StreamExecutionEnvironment env = environment(Map.of());
            env.setParallelism(2);

            assertThat(
                            env.fromSequence(1, 1_000)
                                    .keyBy(n -> n % 10)
                                    .reduce(Long::sum)
                                    .executeAndCollect(10_000))
                    .hasSize(1_000);

            ClusterView view = executor.jobs().view();
            assertThat(view.workers()).hasSize(2);
            assertThat(view.jobs().get(0).vertices())
                    .anySatisfy(vertex -> assertThat(vertex.counters().bytesOut()).isPositive());
        } finally {
            StreamExecutionEnvironment.clear();
        }
    }

    @Test
    void runsOneJobAfterTheOther() throws Exception {
        for (int i = 1; i <= 3; i++) {
            StreamExecutionEnvironment env = environment(Map.of());
            env.setParallelism(i);
            assertThat(env.fromSequence(1, 10L * i).executeAndCollect(1_000)).hasSize(10 * i);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void showsTheUsersStackFirstAndNamesTheOperator(int workers) {
        StreamExecutionEnvironment env = environment(Map.of("embedded.workers", "" + workers));
        env.setParallelism(2);
        env.fromSequence(1, 100).map(EmbeddedProgramsTest::failAtFifty).name("halves").print();

        assertThatThrownBy(() -> env.execute("fails"))
                .satisfies(
                        thrown -> {
                            MillraceException error = found(thrown);
                            assertThat(error.code()).isEqualTo(ErrorCode.USER_CODE_FAILED);
                            assertThat(error.getMessage())
                                    .contains("operator 'halves'")
                                    .contains("50 is not welcome");
                            assertThat(ExceptionUtils.stringifyException(error.getCause()))
                                    .startsWith(
                                            "java.lang.IllegalStateException: 50 is not welcome\n"
                                                    + "\tat io.millrace.host.embedded."
                                                    + "EmbeddedProgramsTest.failAtFifty");
                        });
    }

    private static Long failAtFifty(Long n) {
        if (n == 50) {
            throw new IllegalStateException("50 is not welcome");
        }
        return n / 2;
    }

    @Test
    void cancelsAJobThatWouldRunForEver() throws Exception {
        StreamExecutionEnvironment env = environment(Map.of("embedded.workers", "2"));
        env.setParallelism(2);
        env.fromSequence(1, Long.MAX_VALUE)
                .keyBy(n -> n % 10)
                .reduce(Math::max)
                .filter(n -> n < 0)
                .print();
        JobClient job = env.executeAsync("for ever");
        awaitRunning(job);

        job.cancel().get();

        assertThatThrownBy(() -> job.getJobExecutionResult().get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(
                        thrown ->
                                assertThat(found(thrown).code()).isEqualTo(ErrorCode.JOB_CANCELED));
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void asksWhereASavepointIsToGoAndLetsTheJobGoOn() throws Exception {
        StreamExecutionEnvironment env = environment(Map.of());
        env.fromSequence(1, Long.MAX_VALUE).filter(n -> n < 0).print();
        JobClient job = env.executeAsync("for ever");
        awaitRunning(job);

        assertThatThrownBy(
                        () ->
                                job.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL)
                                        .get(30, TimeUnit.SECONDS))
                .satisfies(
                        thrown ->
                                assertThat(found(thrown).code())
                                        .isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("execution.checkpointing.savepoint-dir");
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
        job.cancel().get();
    }

    @Test
    void stopsReadingWhenEnoughIsCollected() throws Exception {
        StreamExecutionEnvironment env = environment(Map.of());

        assertThat(env.fromSequence(1, Long.MAX_VALUE).executeAndCollect(5)).hasSize(5);
    }

    @Test
    void namesTheNearestOptionForAnUnknownOne() {
        StreamExecutionEnvironment env = environment(Map.of("embedded.worker", "2"));
        env.fromSequence(1, 10).print();

        assertThatThrownBy(() -> env.execute())
                .satisfies(
                        thrown ->
                                assertThat(found(thrown).getMessage())
                                        .startsWith("UNKNOWN_OPTION")
                                        .contains("Did you mean 'embedded.workers'?"));
    }

    @Test
    void namesTheFieldThatCannotBeSerialized() {
        StreamExecutionEnvironment env = environment(Map.of());
        Object lock = new Object();
        env.fromSequence(1, 10)
                .map(n -> n + lock.hashCode())
                .name("hashes")
                .returns(Long.class)
                .print();

        assertThatThrownBy(() -> env.execute())
                .satisfies(
                        thrown ->
                                assertThat(found(thrown).getMessage())
                                        .startsWith("FUNCTION_NOT_SERIALIZABLE")
                                        .contains("hashes")
                                        .contains("java.lang.Object"));
    }

    @Test
    void refusesAnOutputThatExistsBeforeTheJobRuns() throws Exception {
        java.nio.file.Path output = Files.createDirectory(directory.resolve("out"));
        Files.writeString(output.resolve("part-0"), "precious");
        StreamExecutionEnvironment env = environment(Map.of());
        wordCount(env, text(), output);

        assertThatThrownBy(() -> env.execute())
                .satisfies(
                        thrown ->
                                assertThat(found(thrown).getMessage())
                                        .startsWith("OUTPUT_EXISTS")
                                        .contains(output.toString()));
        assertThat(output.resolve("part-0")).hasContent("precious");
    }

    @Test
    void refusesAnInputThatDoesNotExistBeforeTheJobRuns() {
        StreamExecutionEnvironment env = environment(Map.of());
        wordCount(env, directory.resolve("missing"), directory.resolve("out"));

        assertThatThrownBy(() -> env.execute())
                .satisfies(
                        thrown ->
                                assertThat(found(thrown).getMessage())
                                        .startsWith("PATH_NOT_FOUND")
                                        .contains("missing"));
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void leavesNoOutputOfAJobThatFails() throws Exception {
        java.nio.file.Path output = directory.resolve("out");
        StreamExecutionEnvironment env = environment(Map.of());
        env.setParallelism(2);
        env.fromSequence(1, 100)
                .map(EmbeddedProgramsTest::failAtFifty)
                .sinkTo(
                        FileSink.<Long>forRowFormat(
                                        new Path(output.toString()), new SimpleStringEncoder<>())
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .build());

        assertThatThrownBy(() -> env.execute()).isNotNull();
        assertThat(Files.exists(output) ? linesIn(output) : List.of()).isEmpty();
    }

    private static void wordCount(
            StreamExecutionEnvironment env, java.nio.file.Path input, java.nio.file.Path output) {
        env.fromSource(
                        FileSource.forRecordStreamFormat(
                                        new TextLineInputFormat(), new Path(input.toString()))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "lines")
                .flatMap(new Words())
                .keyBy(pair -> pair.f0)
                .sum(1)
                .sinkTo(
                        FileSink.<Tuple2<String, Integer>>forRowFormat(
                                        new Path(output.toString()), new SimpleStringEncoder<>())
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .withOutputMode(OutputMode.FAIL_IF_EXISTS)
                                .build());
    }

    private static final class Words implements FlatMapFunction<String, Tuple2<String, Integer>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void flatMap(String line, Collector<Tuple2<String, Integer>> out) {
            for (String word : line.split(" ")) {
                out.collect(Tuple2.of(word, 1));
            }
        }
    }

    private java.nio.file.Path text() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add("all w" + i % 10 + " x" + i % 250);
        }
        java.nio.file.Path input = Files.createDirectory(directory.resolve("in"));
        Files.write(input.resolve("a.txt"), lines.subList(0, 1_000));
        Files.write(input.resolve("b.txt"), lines.subList(1_000, LINES));
        return input;
    }

    private static Map<String, Integer> expectedCounts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < LINES; i++) {
            counts.merge("all", 1, Integer::sum);
            counts.merge("w" + i % 10, 1, Integer::sum);
            counts.merge("x" + i % 250, 1, Integer::sum);
        }
        return counts;
    }

    /** What a reader of the output sees: hidden files are not output. */
    private static List<String> linesIn(java.nio.file.Path output) throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(output)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> visible(output.relativize(file)))
                    .flatMap(EmbeddedProgramsTest::lines)
                    .toList();
        }
    }

    private static boolean visible(java.nio.file.Path file) {
        for (java.nio.file.Path part : file) {
            if (part.toString().startsWith(".") || part.toString().startsWith("_")) {
                return false;
            }
        }
        return true;
    }

    private static Stream<String> lines(java.nio.file.Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StreamExecutionEnvironment environment(Map<String, String> options) {
        return StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(options));
    }

    private static MillraceException found(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof MillraceException known) {
                return known;
            }
        }
        throw new AssertionError("no MillraceException among the causes", thrown);
    }

    private static void awaitRunning(JobClient job) throws Exception {
        Await.until("the job runs", () -> job.getJobStatus().get(), JobStatus.RUNNING::equals);
    }

    @Test
    void aProgramWithOtherOptionsGetsAClusterWithThem() throws Exception {
        assertThat(threadsOf("loops")).doesNotContain("task-");
        assertThat(threadsOf("dedicated")).contains("task-");
    }

    private String threadsOf(String threads) throws Exception {
        return environment(Map.of("task.threads", threads))
                .fromData(1)
                .map(number -> Thread.currentThread().getName())
                .executeAndCollect(1)
                .get(0);
    }
}
