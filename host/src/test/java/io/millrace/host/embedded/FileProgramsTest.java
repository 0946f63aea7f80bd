package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.option.MemorySize;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.connector.file.DefaultRollingPolicy;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.PartFileInfo;
import io.millrace.connector.file.RollingPolicy;
import io.millrace.connector.file.TextLineInputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that read and write files on the embedded cluster. */
@Timeout(60)
class FileProgramsTest {
    @TempDir private java.nio.file.Path directory;

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.createLocalEnvironment(2);

    @Test
    void aDirectoryThatIsWatchedGivesFilesAsTheyAppear() throws Exception {
        java.nio.file.Path input = Files.createDirectories(directory.resolve("in"));
        Files.writeString(input.resolve("first"), "1\n2\n");
        FileSource<String> source =
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), path(input))
                        .monitorContinuously(Duration.ofMillis(20))
                        .build();
        List<String> lines = new ArrayList<>();
        try (CloseableIterator<String> results =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "Watched")
                        .executeAndCollect()) {
            lines.add(results.next());
            lines.add(results.next());
            Files.writeString(directory.resolve("second"), "3\n4\n");
            Files.move(directory.resolve("second"), input.resolve("second"));
            lines.add(results.next());
            lines.add(results.next());
        }
        assertThat(lines).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void rowsAreWrittenWithARollingPolicy() throws Exception {
        java.nio.file.Path output = directory.resolve("out");
        env.fromSequence(1, 1_000)
                .map(n -> Tuple2.of("n", n.intValue()))
                .sinkTo(
                        FileSink.<Tuple2<String, Integer>>forRowFormat(
                                        path(output), new SimpleStringEncoder<>())
                                .withRollingPolicy(
                                        DefaultRollingPolicy.builder()
                                                .withMaxPartSize(new MemorySize(2_000))
                                                .withRolloverInterval(Duration.ofSeconds(10))
                                                .build())
                                .build())
                .name("file-sink");
        env.execute();
        List<String> lines = new ArrayList<>();
        List<java.nio.file.Path> files;
        try (Stream<java.nio.file.Path> found = Files.walk(output)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (java.nio.file.Path file : files) {
            lines.addAll(Files.readAllLines(file));
        }
        assertThat(files).hasSizeGreaterThan(3);
        assertThat(lines).hasSize(1_000).doesNotHaveDuplicates().contains("(n,1)", "(n,1000)");
    }

    @Test
    @SuppressWarnings("deprecation")
    void aFileIsRolledWhileNoRecordComes() throws Exception {
        java.nio.file.Path output = directory.resolve("out");
        ROLLED.set(new CountDownLatch(1));
        env.setParallelism(1);
        env.addSource(new TwoRecords())
                .sinkTo(
                        FileSink.<String>forRowFormat(path(output), new SimpleStringEncoder<>())
                                .withBucketCheckInterval(10)
                                .withRollingPolicy(new AtTheFirstLook())
                                .build());
        env.execute();
        try (Stream<java.nio.file.Path> found = Files.walk(output)) {
            assertThat(found.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    private static final AtomicReference<CountDownLatch> ROLLED = new AtomicReference<>();

    /** One record, and one more after the first was rolled. */
    @SuppressWarnings("deprecation")
    private static final class TwoRecords implements SourceFunction<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void run(SourceContext<String> ctx) throws Exception {
            ctx.collect("one");
            ROLLED.get().await();
            ctx.collect("two");
        }

        @Override
        public void cancel() {}
    }

    /** Rolls whenever it is asked about the time. */
    private static final class AtTheFirstLook implements RollingPolicy<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean shouldRollOnCheckpoint(PartFileInfo<String> partFileState) {
            return false;
        }

        @Override
        public boolean shouldRollOnEvent(PartFileInfo<String> partFileState, String element) {
            return false;
        }

        @Override
        public boolean shouldRollOnProcessingTime(
                PartFileInfo<String> partFileState, long currentTime) {
            ROLLED.get().countDown();
            return true;
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void textIsReadAndWrittenInTheOlderWays() throws Exception {
        java.nio.file.Path input = Files.writeString(directory.resolve("in"), "1\n2\n3\n");
        java.nio.file.Path text = directory.resolve("text");
        java.nio.file.Path csv = directory.resolve("csv");
        env.setParallelism(1);
        var numbers = env.readTextFile(input.toString()).map(Integer::valueOf);
        numbers.writeAsText(text.toString());
        numbers.map(n -> Tuple2.of(n, n * n)).writeAsCsv(csv.toString());
        env.execute();
        assertThat(text).hasContent("1\n2\n3\n");
        assertThat(csv).hasContent("1,1\n2,4\n3,9\n");
    }

    @Test
    @SuppressWarnings("deprecation")
    void manySubtasksWriteAFileEach() throws Exception {
        java.nio.file.Path text = Files.writeString(directory.resolve("text"), "older");
        env.fromSequence(1, 10)
                .writeAsText(text.toString(), FileSystem.WriteMode.OVERWRITE)
                .setParallelism(2);
        env.execute();
        List<String> lines = new ArrayList<>(Files.readAllLines(text.resolve("1")));
        lines.addAll(Files.readAllLines(text.resolve("2")));
        assertThat(lines).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    @SuppressWarnings("deprecation")
    void anOutputThatExistsIsRefusedBeforeTheJobRuns() throws Exception {
        java.nio.file.Path text = Files.writeString(directory.resolve("text"), "older");
        env.fromSequence(1, 10).writeAsText(text.toString());
        assertThatThrownBy(env::execute).hasMessageContaining("OUTPUT_EXISTS");
        assertThat(text).hasContent("older");
    }

    @Test
    @SuppressWarnings("deprecation")
    void onlyTuplesBecomeCsv() {
        assertThatThrownBy(() -> env.fromSequence(1, 10).writeAsCsv("/tmp/nowhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tuple");
    }

    @Test
    void aBrokenInputFileIsNamed() throws IOException {
        Files.writeString(directory.resolve("broken.gz"), "not compressed at all");
        env.fromSource(
                        FileSource.forRecordStreamFormat(new TextLineInputFormat(), path(directory))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "Lines")
                .print();
        assertThatThrownBy(env::execute).hasMessageContaining("broken.gz");
    }

    private static Path path(java.nio.file.Path file) {
        return Path.fromLocalFile(file.toFile());
    }
}
