package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.graph.Preflight;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.state.StateTtlConfig;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.host.check.Finding;
import io.millrace.yarn.submit.ClusterLimits.Tokens;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir Path directory;
    private CommandLineFixture millrace;

    @BeforeEach
    void setUp() {
        millrace = new CommandLineFixture(directory);
    }

    /** A program that nothing is to be said against. */
    public static final class Good {
        private Good() {}

        public static void main(String[] args) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.enableCheckpointing(10_000);
            env.socketTextStream("localhost", 1)
                    .uid("lines")
                    .assignTimestampsAndWatermarks(
                            WatermarkStrategy.<String>forMonotonousTimestamps()
                                    .withIdleness(Duration.ofMinutes(1)))
                    .uid("times")
                    .keyBy(line -> line, Types.STRING)
                    .process(new Last())
                    .uid("last")
                    .returns(Types.STRING)
                    .keyBy(line -> line, Types.STRING)
                    .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                    .reduce((a, b) -> b)
                    .uid("windows")
                    .print()
                    .uid("prints");
            System.out.println("this is no JSON");
            env.execute("good");
        }
    }

    private static final class Last extends KeyedProcessFunction<String, String, String> {
        private static final long serialVersionUID = 1L;

        private final ValueStateDescriptor<String> last =
                new ValueStateDescriptor<>("last", Types.STRING);

        Last() {
            last.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).build());
        }

        @Override
        public void processElement(String line, Context context, Collector<String> out)
                throws Exception {
            getRuntimeContext().getState(last).update(line);
            out.collect(line);
        }
    }

    /** A program in which much is missing. */
    public static final class Bad {
        private Bad() {}

        public static void main(String[] args) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            var lines = env.socketTextStream("localhost", 1);
            lines.keyBy(line -> line, Types.STRING).reduce((a, b) -> a + b).print();
            lines.keyBy(line -> line, Types.STRING)
                    .window(GlobalWindows.create())
                    .reduce((a, b) -> b)
                    .name("forever")
                    .print();
            lines.keyBy(line -> line, Types.STRING)
                    .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                    .reduce((a, b) -> b)
                    .name("timeless")
                    .print();
            env.execute("bad");
        }
    }

    /** One whose sink needs a library that is not there. */
    public static final class Lacking {
        private Lacking() {}

        public static void main(String[] args) throws Exception {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.fromSequence(1, 10).uid("numbers").sinkTo(new NeedsMore()).uid("sink");
            env.execute("lacking");
        }
    }

    private static final class NeedsMore extends DiscardingSink<Long> implements Preflight {
        private static final long serialVersionUID = 1L;

        @Override
        public void preflight() {
            throw new NoClassDefFoundError("org/acme/Library");
        }
    }

    /** One that ends without a job. */
    public static final class Nothing {
        private Nothing() {}

        public static void main(String[] args) {
            if (args.length > 0) {
                throw new IllegalArgumentException(args[0]);
            }
        }
    }

    private int check(Class<?> program, String... more) {
        List<String> line = new java.util.ArrayList<>(List.of("check", "-c", program.getName()));
        line.addAll(List.of(more));
        return millrace.run(line.toArray(String[]::new));
    }

    @Test
    void aGoodProgramHasNoErrorsAndNoWarnings() throws Exception {
        int exitCode = check(Good.class, "--json", millrace.jar("good.jar"));

        JsonNode found = new ObjectMapper().readTree(millrace.out);
        assertThat(found.get("errors").asInt()).as(millrace.out).isZero();
        assertThat(found.get("warnings").asInt()).as(millrace.out).isZero();
        assertThat(exitCode).isZero();
        assertThat(millrace.ranLocally).isEmpty();
    }

    @Test
    void aBadProgramIsToldAllThatIsMissingAndFailsTheBuild() {
        assertThat(check(Bad.class, millrace.jar("bad.jar"))).isEqualTo(1);

        assertThat(millrace.out)
                .contains("[uid-missing]")
                .contains("[unbounded-state]")
                .contains("[no-checkpoints]")
                .containsPattern("ERROR +forever: .*never without a trigger")
                .containsPattern("ERROR +timeless: .*waits for event time")
                .contains("[watermarks-missing]")
                .contains("2 errors");
    }

    @Test
    void aProgramWithoutAJobOrThatThrowsIsAnError() {
        assertThat(check(Nothing.class, millrace.jar("nothing.jar"))).isEqualTo(1);
        assertThat(millrace.out).contains("PROGRAM_INVALID", "ended without a job");
        assertThat(check(Nothing.class, millrace.jar("nothing.jar"), "quoted")).isEqualTo(1);
        assertThat(millrace.out).contains("MAIN_THREW", "quoted");
    }

    @Test
    void aLibraryThatIsMissingIsAnErrorAndNoStackTrace() {
        assertThat(check(Lacking.class, millrace.jar("lacking.jar"))).isEqualTo(1);
        assertThat(millrace.out).contains("org/acme/Library", "put it into the jar", "1 error,");
        assertThat(millrace.err).doesNotContain("\tat ");
    }

    @Test
    void aSavepointThatIsNotThereIsAnErrorBesideTheOthers() {
        String nowhere = directory.resolve("nowhere").toUri().toString();

        assertThat(check(Bad.class, "-s", nowhere, millrace.jar("bad.jar"))).isEqualTo(1);
        assertThat(millrace.out).contains("CHECKPOINT_NOT_FOUND", "3 errors");
    }

    @Test
    void aDirectoryThatIsAFileIsAnError() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        int exitCode =
                check(
                        Good.class,
                        "-D",
                        "execution.checkpointing.dir=" + file.toUri(),
                        millrace.jar("good.jar"));

        assertThat(exitCode).isEqualTo(1);
        assertThat(millrace.out).contains("is a file");
    }

    @Test
    void classesOfTheEngineInTheJarAreNamed() throws Exception {
        Path jar = directory.resolve("fat.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("io/millrace/api/stream/DataStream.class"));
            out.putNextEntry(new JarEntry("io/millrace/runtime/task/Task.class"));
            out.putNextEntry(new JarEntry("io/millrace/connector/file/FileSource.class"));
        }

        assertThat(check(Good.class, jar.toString())).isZero();
        assertThat(millrace.out)
                .contains("[api-in-jar]", "[engine-in-jar]", "io/millrace/runtime/task")
                .contains("2 warnings");
    }

    @Test
    void whatTheClusterCannotGiveIsToldBeforeAnythingIsSubmitted() {
        millrace.withCluster();
        millrace.cluster.limits =
                new io.millrace.yarn.submit.ClusterLimits(
                        List.of("QUEUE_NOT_FOUND: the cluster has no queue 'x'"),
                        true,
                        100,
                        -1,
                        4_000,
                        10_000,
                        500,
                        new Tokens(
                                true,
                                Duration.ofHours(5).toMillis(),
                                Duration.ofDays(7).toMillis(),
                                false));

        var graph = new ClusterFindingsFixture().plan();
        var found =
                ClusterFindings.of(
                        graph,
                        io.millrace.api.option.Config.of(
                                java.util.Map.of("yarn.worker.memory", "2 GB")),
                        millrace.cluster.limits,
                        null);

        assertThat(found)
                .extracting(finding -> finding.severity() + " " + finding.rule())
                .containsExactly(
                        "ERROR queue",
                        "ERROR queue",
                        "WARNING headroom",
                        "ERROR headroom",
                        "WARNING tokens");
        assertThat(found.get(4).what()).contains("7 days");
    }

    private static List<String> rules(List<Finding> findings) {
        return findings.stream().map(each -> each.severity() + " " + each.rule()).toList();
    }

    @Test
    void whatAQueueMayNeverHaveIsAnErrorAndWhatItLacksNowIsAWarning() {
        var plan = new ClusterFindingsFixture().plan();
        var config =
                io.millrace.api.option.Config.of(java.util.Map.of("yarn.worker.memory", "2 GB"));
        for (long mostMb : new long[] {3_000, 20_000}) {
            var limits =
                    new io.millrace.yarn.submit.ClusterLimits(
                            List.of(),
                            false,
                            100,
                            mostMb,
                            30_000,
                            30_000,
                            30_000,
                            Tokens.NOT_NEEDED);
            var found = ClusterFindings.of(plan, config, limits, null);
            assertThat(rules(found))
                    .containsExactly(mostMb < 5_000 ? "ERROR queue-limit" : "WARNING headroom");
            assertThat(found.get(0).what()).contains(mostMb < 5_000 ? "3000 MB at most" : "100 MB");
        }
    }

    @Test
    void tokensAreHeldAgainstHowLongTheJobIsToRun() {
        long day = Duration.ofDays(1).toMillis();
        Tokens week = new Tokens(true, day, 7 * day, false);

        assertThat(TokenFindings.of(Tokens.NOT_NEEDED, false, null)).isEmpty();
        assertThat(TokenFindings.of(week, true, null)).isEmpty();
        assertThat(TokenFindings.of(week, false, 6 * day)).isEmpty();
        assertThat(TokenFindings.of(week, true, 30 * day))
                .singleElement()
                .satisfies(each -> assertThat(each.what()).contains("30 days", "7 days"));
        assertThat(TokenFindings.of(new Tokens(true, -1, 7 * day, false), true, null)).isEmpty();
        assertThat(rules(TokenFindings.of(new Tokens(true, 60_000, 7 * day, false), true, null)))
                .containsExactly("WARNING ticket");
    }

    @Test
    void aJobWithAKeytabOutlivesTicketsAndTokens() {
        long day = Duration.ofDays(1).toMillis();
        assertThat(TokenFindings.of(new Tokens(true, 60_000, 7 * day, true), false, 90 * day))
                .isEmpty();
    }

    @Test
    void howLongAJobIsToRunHasAUnit() {
        assertThat(check(Good.class, "--runs-for", "soon", millrace.jar("good.jar"))).isEqualTo(2);
        assertThat(millrace.err).contains("--runs-for is 'soon'", "30d");
    }

    @Test
    void classesThatAPluginGivesToJobsAreNamed() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Millrace-Exports", "com.acme.*,org.one");
        Path plugin = Files.createDirectories(directory.resolve("plugins/acme")).resolve("a.jar");
        new JarOutputStream(Files.newOutputStream(plugin), manifest).close();
        Path jar = directory.resolve("fat.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("com/acme/deep/Client.class"));
            out.putNextEntry(new JarEntry("org/one/Client.class"));
            out.putNextEntry(new JarEntry("org/one/two/Other.class"));
        }

        assertThat(check(Good.class, jar.toString())).isZero();
        assertThat(millrace.out)
                .contains("2 classes, such as com/acme/deep/Client.class", "[duplicate-classes]");
    }

    /** A plan of an unbounded job. */
    private static final class ClusterFindingsFixture {
        io.millrace.runtime.plan.JobGraph plan() {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.setParallelism(3);
            env.socketTextStream("localhost", 1).print();
            return io.millrace.runtime.plan.JobPlanner.plan(
                    env.getStreamGraph(),
                    new io.millrace.runtime.plan.JobId("0".repeat(32)),
                    List.of());
        }
    }
}
