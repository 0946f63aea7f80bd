package io.millrace.testutils.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.OutputMode;
import io.millrace.connector.file.compactor.ConcatFileCompactor;
import io.millrace.connector.file.compactor.DecoderBasedReader;
import io.millrace.connector.file.compactor.FileCompactStrategy;
import io.millrace.connector.file.compactor.FileCompactor;
import io.millrace.connector.file.compactor.IdenticalFileCompactor;
import io.millrace.connector.file.compactor.RecordWiseFileCompactor;
import io.millrace.connector.file.compactor.SimpleStringDecoder;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are put together while tasks, commits and what puts them together fail. */
@Timeout(60)
class FileCompactionTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

    @TempDir Path work;
    private Path output;

    @BeforeEach
    void begin() {
        output = work.resolve("out");
        FailingJob.clear();
        FAILURES_LEFT.set(0);
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    /** Fails half way through a file, some times. */
    private static final class Failing extends ConcatFileCompactor {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doCompact(
                List<io.millrace.api.file.Path> inputFiles, OutputStream outputStream)
                throws Exception {
            super.doCompact(inputFiles.subList(0, 1), outputStream);
            if (FAILURES_LEFT.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("the failure that the test wants");
            }
            super.doCompact(inputFiles.subList(1, inputFiles.size()), outputStream);
        }
    }

    private FileSink<Long> sink(FileCompactStrategy strategy, FileCompactor compactor) {
        return FileSink.forRowFormat(
                        new io.millrace.api.file.Path(output.toUri()),
                        new SimpleStringEncoder<Long>())
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .enableCompact(strategy, compactor)
                .build();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(output)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private void assertEachIsThereOnce(long numbers) throws IOException {
        List<Long> lines = new ArrayList<>();
        for (Path file : files()) {
            assertThat(file.getParent()).as("nothing is left staged").isEqualTo(output);
            Files.readAllLines(file).forEach(line -> lines.add(Long.valueOf(line)));
        }
        lines.sort(null);
        assertThat(lines).isEqualTo(LongStream.range(0, numbers).boxed().toList());
    }

    @Test
    void nothingIsLostOrDoubledWhereverItFails() throws Exception {
        FAILURES_LEFT.set(2);
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, FaultPoint.OUTPUT_RENAMED.name());
        FileCompactStrategy everySecond =
                FileCompactStrategy.Builder.newBuilder()
                        .enableCompactionOnCheckpoint(2)
                        .setNumCompactThreads(2)
                        .build();

        long numbers = FailingJob.run(sink(everySecond, new Failing()), work);

        assertThat(FAILURES_LEFT).hasValue(0);
        assertThat(System.getProperty(FaultPoint.CRASH_AT)).isNull();
        assertEachIsThereOnce(numbers);
        assertThat(files()).anyMatch(file -> file.getFileName().toString().contains("compacted"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobThatGoesOnFindsWhatWaitedToBePutTogether(boolean goesOnCompacting) throws Exception {
        FileCompactStrategy never =
                FileCompactStrategy.Builder.newBuilder().setSizeThreshold(1 << 30).build();
        FileSink<Long> sink = sink(never, new ConcatFileCompactor());
        String checkpoint = FailingJob.runUntilItFails(sink, work);
        assertThat(files()).allMatch(file -> !file.getParent().equals(output));
        assertThat(files()).isNotEmpty();

        long numbers =
                FailingJob.runFrom(
                        checkpoint,
                        goesOnCompacting ? sink : sink(never, new IdenticalFileCompactor()),
                        work);

        List<Long> lines = new ArrayList<>();
        for (Path file : files()) {
            if (file.getParent().equals(output)) {
                Files.readAllLines(file).forEach(line -> lines.add(Long.valueOf(line)));
            }
        }
        lines.sort(null);
        assertThat(lines).isEqualTo(LongStream.range(0, numbers).boxed().toList());
    }

    @Test
    void filesGrowToASizeRecordByRecord() throws Exception {
        FileCompactStrategy bySize =
                FileCompactStrategy.Builder.newBuilder().setSizeThreshold(1 << 20).build();
        FileCompactor records =
                new RecordWiseFileCompactor<>(
                        new DecoderBasedReader.Factory<>(SimpleStringDecoder::new));
        FileSink<String> sink =
                FileSink.forRowFormat(
                                new io.millrace.api.file.Path(output.toUri()),
                                new SimpleStringEncoder<String>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .enableCompact(bySize, records)
                        .build();

        long numbers = FailingJob.runText(sink, work);

        assertEachIsThereOnce(numbers);
        assertThat(files()).hasSize(1);
    }

    @Test
    void withoutCheckpointsTheEndPutsAllTogether() throws Exception {
        FileCompactStrategy strategy =
                FileCompactStrategy.Builder.newBuilder().enableCompactionOnCheckpoint(1).build();
        FailingJob.runBounded(sink(strategy, new ConcatFileCompactor()), 1000);
        assertEachIsThereOnce(1000);
        assertThat(files()).hasSize(1);
    }

    @Test
    void anOutputThatIsReplacedIsMarkedBehindWhatWasPutTogether() throws Exception {
        Files.createDirectories(output);
        Files.writeString(output.resolve("older"), "7");
        FileSink<Long> sink =
                FileSink.forRowFormat(
                                new io.millrace.api.file.Path(output.toUri()),
                                new SimpleStringEncoder<Long>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .withOutputMode(OutputMode.OVERWRITE)
                        .withSuccessMarker()
                        .enableCompact(
                                FileCompactStrategy.Builder.newBuilder()
                                        .enableCompactionOnCheckpoint(1)
                                        .build(),
                                new ConcatFileCompactor())
                        .build();
        FailingJob.runBounded(sink, 1000);
        assertThat(files()).hasSize(2).contains(output.resolve("_SUCCESS"));
        assertEachIsThereOnce(1000);
    }

    @Test
    void switchedOffEachFileStaysAsItIs() throws Exception {
        FileSink<Long> sink =
                FileSink.forRowFormat(
                                new io.millrace.api.file.Path(output.toUri()),
                                new SimpleStringEncoder<Long>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .disableCompact()
                        .build();
        FailingJob.runBounded(sink, 1000);
        assertEachIsThereOnce(1000);
        assertThat(files()).hasSize(2);
    }
}
