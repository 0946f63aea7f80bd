package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.option.Config;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.AbstractID;
import io.millrace.api.stream.CachedDataStream;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams whose records are kept between programs, on the embedded cluster. The temporary files are
 * the test's own: other processes of the machine keep theirs in the usual directory.
 */
@Timeout(60)
class CachedStreamsTest {
    private static final String TEMPORARY = "java.io.tmpdir";

    @TempDir private static Path directory;

    private static String usual;
    private static EmbeddedJobExecutor executor;

    private static final AtomicInteger COMPUTED = new AtomicInteger();
    private static final AtomicBoolean FAILS = new AtomicBoolean();

    private final Environment env = new Environment();

    /** Shows what a program's environment knows. */
    private static final class Environment extends StreamExecutionEnvironment {
        Environment() {
            super(new Configuration());
            setRuntimeMode(RuntimeExecutionMode.BATCH);
            setParallelism(2);
        }

        Set<AbstractID> kept() {
            return listCompletedClusterDatasets();
        }
    }

    @BeforeAll
    static void beginAll() {
        usual = System.setProperty(TEMPORARY, directory.toString());
        executor =
                new EmbeddedJobExecutor(Config.empty(), CachedStreamsTest.class.getClassLoader());
        StreamExecutionEnvironment.runWith(executor); // its directories lie there too
    }

    @AfterAll
    static void endAll() {
        StreamExecutionEnvironment.clear();
        System.setProperty(TEMPORARY, usual);
        executor.close();
    }

    @BeforeEach
    void begin() {
        COMPUTED.set(0);
        FAILS.set(false);
    }

    @AfterEach
    void end() throws Exception {
        env.close();
    }

    private SingleOutputStreamOperator<Long> doubled() {
        return env.fromSequence(1, 3)
                .map(
                        number -> {
                            COMPUTED.incrementAndGet();
                            if (FAILS.get()) {
                                throw new IllegalStateException("told to fail");
                            }
                            return 2 * number;
                        });
    }

    @Test
    void areComputedOnce() throws Exception {
        CachedDataStream<Long> cached = doubled().cache();
        DataStream<String> texts = cached.map(number -> "n" + number);
        assertThat(env.kept()).isEmpty();

        assertThat(cached.executeAndCollect(10)).containsExactlyInAnyOrder(2L, 4L, 6L);
        assertThat(env.kept()).hasSize(1);
        assertThat(cached.executeAndCollect(10)).containsExactlyInAnyOrder(2L, 4L, 6L);
        assertThat(texts.executeAndCollect(10)).containsExactlyInAnyOrder("n2", "n4", "n6");
        assertThat(cached.filter(number -> number > 2).executeAndCollect(10)).hasSize(2);

        assertThat(COMPUTED).hasValue(3);
    }

    @Test
    void areComputedAgainAfterTheyWereInvalidated() throws Exception {
        CachedDataStream<Long> cached = doubled().cache();
        cached.print();
        env.execute();

        cached.invalidate();
        assertThat(env.kept()).isEmpty();
        assertThat(cached.executeAndCollect(10)).hasSize(3);
        assertThat(COMPUTED).hasValue(6);
        assertThat(cached.executeAndCollect(10)).hasSize(3);
        assertThat(COMPUTED).hasValue(6);
    }

    @Test
    void areNotComputedBeforeAProgramUsesThem() throws Exception {
        SingleOutputStreamOperator<Long> doubled = doubled();
        doubled.cache();
        doubled.print();

        env.execute();

        assertThat(env.kept()).isEmpty();
    }

    @Test
    void aProgramWaitsForTheOneThatComputesThem() throws Exception {
        CachedDataStream<Long> cached = doubled().cache();
        cached.print();
        env.executeAsync();

        assertThat(cached.executeAndCollect(10)).hasSize(3);
        assertThat(COMPUTED).hasValue(3);
    }

    @Test
    void aProgramThatFailsKeepsNothing() throws Exception {
        CachedDataStream<Long> cached = doubled().cache();
        FAILS.set(true);
        assertThatThrownBy(() -> cached.executeAndCollect(10)).hasStackTraceContaining("told to");
        FAILS.set(false);

        assertThat(cached.executeAndCollect(10)).hasSize(3);
        COMPUTED.set(0);
        assertThat(cached.executeAndCollect(10)).hasSize(3);
        assertThat(COMPUTED).hasValue(0);
    }

    @Test
    void mayBeSideOutputsAndEmpty() throws Exception {
        OutputTag<Long> odd = new OutputTag<>("odd", Types.LONG);
        CachedDataStream<Long> cached =
                env.fromSequence(1, 5)
                        .process(
                                new ProcessFunction<Long, Long>() {
                                    @Override
                                    public void processElement(
                                            Long number, Context context, Collector<Long> out) {
                                        if (number % 2 == 1) {
                                            context.output(odd, number);
                                        }
                                    }
                                })
                        .getSideOutput(odd)
                        .cache();
        assertThat(cached.executeAndCollect(10)).containsExactlyInAnyOrder(1L, 3L, 5L);
        assertThat(cached.executeAndCollect(10)).containsExactlyInAnyOrder(1L, 3L, 5L);

        CachedDataStream<Long> empty = doubled().filter(number -> false).cache();
        assertThat(empty.executeAndCollect(10)).isEmpty();
        COMPUTED.set(0);
        assertThat(empty.executeAndCollect(10)).isEmpty();
        assertThat(COMPUTED).hasValue(0);
    }

    @Test
    void areRefusedInStreamingMode() {
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        CachedDataStream<Long> cached = doubled().cache();

        assertThatThrownBy(() -> cached.executeAndCollect(10))
                .hasMessageContaining("batch mode only");
    }

    @Test
    void filesThatAreGoneFailByName() throws Exception {
        CachedDataStream<Long> cached = doubled().cache();
        cached.print();
        env.execute();
        for (Path file : files()) {
            if (file.getParent().getFileName().toString().startsWith(onlyKept())) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(() -> cached.executeAndCollect(10))
                .hasStackTraceContaining("part-")
                .hasStackTraceContaining("a cached stream");
    }

    @Test
    void leaveNothingBehindWhenTheEnvironmentIsClosed() throws Exception {
        CachedDataStream<Long> cached = doubled().cache();
        cached.print();
        env.execute();
        String id = onlyKept();
        assertThat(files()).anyMatch(file -> file.toString().contains(id));

        env.close();

        assertThat(files()).noneMatch(file -> file.toString().contains(id));
    }

    @Test
    void aProgramThatIsRefusedLeavesNothingBehind() throws Exception {
        List<Path> before = directories();
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        CachedDataStream<Long> cached = doubled().cache();
        assertThatThrownBy(() -> cached.executeAndCollect(10)).hasMessageContaining("batch mode");

        env.close();

        assertThat(directories()).isEqualTo(before);
    }

    private static Path cache() {
        return directory.resolve("millrace-cache");
    }

    private static List<Path> directories() throws IOException {
        try (Stream<Path> all = Files.list(Files.createDirectories(cache()))) {
            return all.sorted().toList();
        }
    }

    private String onlyKept() {
        return env.kept().iterator().next().toString();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(cache())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
