package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.FileSystem;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputModesTest {
    private static final SinkWriter.Context CONTEXT =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return Long.MIN_VALUE;
                }

                @Override
                public Long timestamp() {
                    return null;
                }
            };

    @TempDir Path work;
    private final ManualTimers timers = new ManualTimers();

    @BeforeEach
    void fillWithOlderFiles() throws IOException {
        for (String name : List.of("a=1/old", "a=2/old", "old", "_SUCCESS")) {
            Path file = work.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "old");
        }
    }

    @Test
    void overwritingReplacesAllFilesWhenTheJobCommits() throws Exception {
        Collection<FileSinkCommittable> prepared = prepare(OutputMode.OVERWRITE, false, "1x", "3y");
        assertThat(visible()).containsExactly("_SUCCESS", "a=1/old", "a=2/old", "old");

        commit(OutputMode.OVERWRITE, false, prepared);

        assertThat(visible()).containsExactly("a=1/new", "a=3/new");
    }

    @Test
    void overwritingPartitionsLeavesTheOthers() throws Exception {
        commit(
                OutputMode.OVERWRITE_PARTITIONS,
                false,
                prepare(OutputMode.OVERWRITE_PARTITIONS, false, "1x"));
        assertThat(visible()).containsExactly("a=1/new", "a=2/old", "old");
    }

    @Test
    void overwritingWithNothingEmptiesTheOutput() throws Exception {
        commit(OutputMode.OVERWRITE, false, prepare(OutputMode.OVERWRITE, false));
        assertThat(visible()).isEmpty();
    }

    @Test
    void aCommitThatIsRepeatedRemovesNoneOfItsOwnFiles() throws Exception {
        Collection<FileSinkCommittable> prepared = prepare(OutputMode.OVERWRITE, false, "1x");
        commit(OutputMode.OVERWRITE, false, prepared);
        commit(OutputMode.OVERWRITE, false, prepared);
        assertThat(visible()).containsExactly("a=1/new");
    }

    @Test
    void aLaterCommitOfTheSameJobLeavesTheFilesOfTheFirst() throws Exception {
        commit(OutputMode.OVERWRITE, false, prepare(OutputMode.OVERWRITE, false, "1x"));
        commit(OutputMode.OVERWRITE, false, prepare(OutputMode.OVERWRITE, false, "1y"));
        assertThat(visible()).containsExactly("a=1/new", "a=1/new");
    }

    @Test
    void whatIsLostLeavesTheOlderFiles() throws Exception {
        Collection<FileSinkCommittable> prepared = prepare(OutputMode.OVERWRITE, true, "1x");
        for (FileSinkCommittable file : prepared) {
            if (!file.isEnd()) {
                FileSystem.getLocalFileSystem().delete(file.staged(), false);
            }
        }
        commit(OutputMode.OVERWRITE, true, prepared);
        assertThat(visible()).containsExactly("a=1/old", "a=2/old", "old");
    }

    @Test
    void theMarkerComesWhenAllOutputHasEndedAndNotWithTheFirstSubtask() throws Exception {
        commit(OutputMode.APPEND, true, prepare(OutputMode.APPEND, true, "1x"));
        assertThat(visible()).containsExactly("a=1/new", "a=1/old", "a=2/old", "old");
        commit(OutputMode.APPEND, true, prepare(OutputMode.APPEND, true, "2x"));
        assertThat(visible()).doesNotContain("_SUCCESS");
    }

    @Test
    void theMarkerComesBehindTheLastFile() throws Exception {
        commit(OutputMode.APPEND, true, prepare(OutputMode.APPEND, true, "1x"));
        sink(OutputMode.APPEND, true).outputEnded(null);
        assertThat(visible()).containsExactly("_SUCCESS", "a=1/new", "a=1/old", "a=2/old", "old");
        assertThat(work.resolve("_SUCCESS")).isEmptyFile();
    }

    @Test
    void anOutputWithoutFilesIsMarkedToo() throws Exception {
        commit(OutputMode.APPEND, true, prepare(OutputMode.APPEND, true));
        sink(OutputMode.APPEND, true).outputEnded(null);
        sink(OutputMode.APPEND, true).outputEnded(null);
        assertThat(work.resolve("_SUCCESS")).isEmptyFile();
    }

    private FileSink<String> sink(OutputMode mode, boolean marker) {
        var builder =
                FileSink.forRowFormat(
                                io.millrace.api.file.Path.fromLocalFile(work.toFile()),
                                new SimpleStringEncoder<String>())
                        .withBucketAssigner(PartitionBucketAssigner.by("a", line -> line.charAt(0)))
                        .withOutputFileConfig(
                                OutputFileConfig.builder().withPartPrefix("new").build())
                        .withOutputMode(mode);
        return (marker ? builder.withSuccessMarker() : builder).build();
    }

    private Collection<FileSinkCommittable> prepare(
            OutputMode mode, boolean marker, String... records) throws Exception {
        try (CommittingSinkWriter<String, FileSinkCommittable> writer =
                sink(mode, marker).createWriter(new FakeWriterContext(timers))) {
            for (String record : records) {
                writer.write(record, CONTEXT);
            }
            writer.flush(true);
            return writer.prepareCommit();
        }
    }

    private void commit(OutputMode mode, boolean marker, Collection<FileSinkCommittable> prepared)
            throws Exception {
        var output = io.millrace.api.file.Path.fromLocalFile(work.toFile());
        try (FileCommitter committer =
                new FileCommitter(
                        output,
                        new io.millrace.api.file.Path(output, ".millrace-0"),
                        mode,
                        marker)) {
            List<Committer.CommitRequest<FileSinkCommittable>> requests = new ArrayList<>();
            prepared.forEach(file -> requests.add(new Ignoring(file)));
            committer.commit(requests);
        }
    }

    /** Visible files, by their directories; new ones without what makes their names unique. */
    private List<String> visible() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> work.relativize(file).toString())
                    .filter(name -> !name.startsWith("."))
                    .map(name -> name.replaceAll("new-.*", "new"))
                    .sorted()
                    .toList();
        }
    }

    /** Nobody asks what became of it. */
    private record Ignoring(FileSinkCommittable getCommittable)
            implements Committer.CommitRequest<FileSinkCommittable> {
        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable t) {}

        @Override
        public void signalFailedWithUnknownReason(Throwable t) {}

        @Override
        public void retryLater() {}

        @Override
        public void updateAndRetryLater(FileSinkCommittable updated) {}

        @Override
        public void signalAlreadyCommitted() {}
    }
}
