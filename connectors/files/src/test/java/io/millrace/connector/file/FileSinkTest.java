package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.FileSystemFactory;
import io.millrace.api.file.LocalFileSystem;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
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
    private int attempts;

    @Test
    void nothingIsVisibleBeforeTheCommitAndAllOfItAfter() throws Exception {
        Collection<FileSinkCommittable> prepared = write("one", "two");
        assertThat(visible()).isEmpty();

        commit(prepared);

        assertThat(visible()).hasSize(1);
        assertThat(visible().get(0)).hasContent("one\ntwo\n");
    }

    @Test
    void committingAgainChangesNothing() throws Exception {
        Collection<FileSinkCommittable> prepared = write("one");
        commit(prepared);

        List<Request> again = commit(prepared);

        assertThat(again).allMatch(request -> request.already);
        assertThat(visible()).hasSize(1);
    }

    @Test
    void aFileThatIsGoneIsDataLossAndNamed() throws Exception {
        Collection<FileSinkCommittable> prepared = write("one");
        FileSystem.getLocalFileSystem().delete(prepared.iterator().next().staged(), false);

        List<Request> requests = commit(prepared);

        assertThat(requests.get(0).failure)
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(ErrorCode.DATA_LOSS + ": ")
                .hasMessageContaining(prepared.iterator().next().staged().toString());
    }

    @Test
    void aWriterThatEndsEarlyLeavesNothing() throws Exception {
        FileSinkWriter<String, String> writer =
                writer(OnCheckpointRollingPolicy.build(), new BasePathBucketAssigner<>());
        writer.write("lost", CONTEXT);
        writer.close();

        assertThat(everyFile()).isEmpty();
    }

    @Test
    void filesEndAtEachCheckpointAndAnAttemptAfterACrashDoublesNothing() throws Exception {
        FileSinkWriter<String, String> first =
                writer(DefaultRollingPolicy.builder().build(), new BasePathBucketAssigner<>());
        first.write("one", CONTEXT);
        Collection<FileSinkCommittable> ofFirstCheckpoint = first.prepareCommit();
        first.write("two", CONTEXT);
        first.prepareCommit(); // of a checkpoint that was never complete
        first.write("three", CONTEXT); // and the process dies

        commit(ofFirstCheckpoint);
        FileSinkWriter<String, String> second =
                writer(DefaultRollingPolicy.builder().build(), new BasePathBucketAssigner<>());
        commit(ofFirstCheckpoint);
        second.write("two", CONTEXT);
        second.write("three", CONTEXT);
        commit(second.prepareCommit());

        List<String> lines = new ArrayList<>();
        for (Path file : visible()) {
            lines.addAll(Files.readAllLines(file));
        }
        assertThat(lines).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(visible()).hasSize(2);
    }

    @Test
    void aFileIsRolledWhenItIsLargeEnough() throws Exception {
        FileSinkWriter<String, String> writer =
                writer(
                        DefaultRollingPolicy.builder()
                                .withMaxPartSize(new io.millrace.api.option.MemorySize(10))
                                .build(),
                        new BasePathBucketAssigner<>());
        for (int i = 0; i < 10; i++) {
            writer.write("12345", CONTEXT);
        }
        assertThat(writer.prepareCommit()).hasSize(5);
    }

    @Test
    void aFileIsRolledWhenItIsOldEnough() throws Exception {
        FileSinkWriter<String, String> writer =
                writer(
                        DefaultRollingPolicy.builder()
                                .withRolloverInterval(Duration.ofSeconds(10))
                                .withInactivityInterval(Duration.ofHours(1))
                                .build(),
                        new BasePathBucketAssigner<>());
        for (int second = 0; second < 30; second++) {
            timers.advance(1_000);
            writer.write("x", CONTEXT);
        }
        assertThat(writer.prepareCommit()).hasSize(3);
    }

    @Test
    void aFileThatIsNotWrittenToAnyMoreIsRolledByTheClock() throws Exception {
        FileSinkWriter<String, String> writer =
                writer(
                        DefaultRollingPolicy.builder()
                                .withInactivityInterval(Duration.ofSeconds(5))
                                .build(),
                        new ByFirstLetter());
        writer.write("apple", CONTEXT);
        timers.advance(5_000);
        writer.write("avocado", CONTEXT);
        assertThat(writer.prepareCommit()).hasSize(2);
    }

    @Test
    void withoutOpenFilesNobodyLooksAtTheClock() throws Exception {
        FileSinkWriter<String, String> writer =
                writer(
                        DefaultRollingPolicy.builder()
                                .withInactivityInterval(Duration.ofSeconds(5))
                                .build(),
                        new BasePathBucketAssigner<>());
        assertThat(timers.registered()).isZero();
        writer.write("apple", CONTEXT);
        assertThat(timers.registered()).isEqualTo(1);
        timers.advance(10_000);
        assertThat(timers.registered()).isZero();
    }

    @Test
    void aBulkWriterEndsItsFile() throws Exception {
        FileSink<String> sink =
                FileSink.forBulkFormat(output(), CountedLines::new)
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .build();
        Collection<FileSinkCommittable> prepared;
        try (CommittingSinkWriter<String, FileSinkCommittable> writer =
                sink.createWriter(new FakeWriterContext(timers))) {
            writer.write("one", CONTEXT);
            writer.write("two", CONTEXT);
            prepared = writer.prepareCommit();
        }
        commit(prepared);

        assertThat(visible()).hasSize(1);
        assertThat(visible().get(0)).hasContent("one\ntwo\n2 lines\n");
        assertThat(prepared.iterator().next().bytes()).isEqualTo(16);
    }

    @Test
    void aBulkWriterThatCannotBeginLeavesNothing() throws Exception {
        FileSink<String> sink =
                FileSink.<String>forBulkFormat(
                                output(),
                                out -> {
                                    throw new IOException("no head");
                                })
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .build();
        try (CommittingSinkWriter<String, FileSinkCommittable> writer =
                sink.createWriter(new FakeWriterContext(timers))) {
            assertThatThrownBy(() -> writer.write("one", CONTEXT)).hasMessageContaining("no head");
        }
        assertThat(everyFile()).isEmpty();
    }

    @Test
    void recordsGoToTheirBuckets() throws Exception {
        FileSinkWriter<String, String> writer =
                writer(OnCheckpointRollingPolicy.build(), new ByFirstLetter());
        writer.write("apple", CONTEXT);
        writer.write("bean", CONTEXT);
        writer.write("avocado", CONTEXT);

        commit(writer.prepareCommit());

        assertThat(visible())
                .extracting(file -> file.getParent().getFileName().toString())
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anOutputThatHasFilesIsRefusedIfItMustNotExist() throws Exception {
        Files.writeString(work.resolve("older"), "x");
        FileSink<String> sink =
                FileSink.forRowFormat(output(), new SimpleStringEncoder<String>())
                        .withOutputMode(OutputMode.FAIL_IF_EXISTS)
                        .build();
        assertThatThrownBy(sink::preflight)
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("OUTPUT_EXISTS: ")
                .hasMessageContaining(work.toString());
    }

    @Test
    void anOutputThatIsAFileIsRefusedInAnyMode() throws Exception {
        Path file = Files.writeString(work.resolve("file"), "x");
        FileSink<String> sink =
                FileSink.forRowFormat(
                                io.millrace.api.file.Path.fromLocalFile(file.toFile()),
                                new SimpleStringEncoder<String>())
                        .build();
        assertThatThrownBy(sink::preflight)
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("OUTPUT_EXISTS: ");
    }

    @Test
    void anOutputWithoutPermissionIsRefusedBeforeTheJobRuns() {
        FileSystem.install(List.of(new ReadOnlyFactory()), URI.create("file:///"));
        try {
            FileSink<String> sink =
                    FileSink.forRowFormat(
                                    new io.millrace.api.file.Path("readonly:" + work + "/new/out"),
                                    new SimpleStringEncoder<String>())
                            .build();
            assertThatThrownBy(sink::preflight)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageStartingWith("PERMISSION_DENIED: ")
                    .hasMessageContaining("new/out");
        } finally {
            FileSystem.install(List.of(), URI.create("file:///"));
        }
    }

    /** Local files that nobody may write to, also not the test's own user. */
    private static final class ReadOnlyFactory implements FileSystemFactory {
        @Override
        public String getScheme() {
            return "readonly";
        }

        @Override
        public FileSystem create(URI fsUri) {
            return new LocalFileSystem() {
                @Override
                public void requireWritable(io.millrace.api.file.Path directory)
                        throws AccessDeniedException {
                    throw new AccessDeniedException(directory.toString());
                }
            };
        }
    }

    private Collection<FileSinkCommittable> write(String... records) throws IOException {
        FileSinkWriter<String, String> writer =
                writer(OnCheckpointRollingPolicy.build(), new BasePathBucketAssigner<>());
        for (String record : records) {
            writer.write(record, CONTEXT);
        }
        Collection<FileSinkCommittable> prepared = writer.prepareCommit();
        writer.close();
        return prepared;
    }

    private FileSinkWriter<String, String> writer(
            RollingPolicy<String, String> rolling, BucketAssigner<String, String> assigner) {
        return new FileSinkWriter<>(
                new FileSinkSettings<>(
                        output(),
                        new PartFormat.Rows<>(new SimpleStringEncoder<>()),
                        assigner,
                        rolling,
                        1,
                        OutputFileConfig.builder().build(),
                        OutputMode.APPEND,
                        false),
                FileSystem.getLocalFileSystem(),
                new io.millrace.api.file.Path(output(), ".millrace-0"),
                "0-attempt" + attempts++,
                timers);
    }

    private io.millrace.api.file.Path output() {
        return io.millrace.api.file.Path.fromLocalFile(work.toFile());
    }

    private static List<Request> commit(Collection<FileSinkCommittable> prepared)
            throws IOException, InterruptedException {
        FileCommitter committer = new FileCommitter();
        List<Request> requests = prepared.stream().map(Request::new).toList();
        committer.commit(new ArrayList<>(requests));
        committer.close();
        return requests;
    }

    private List<Path> visible() throws IOException {
        return everyFile().stream()
                .filter(file -> !file.toString().contains("/.millrace-"))
                .toList();
    }

    private List<Path> everyFile() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Buckets by the first letter. */
    private static final class ByFirstLetter extends BasePathBucketAssigner<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String getBucketId(String element, BucketAssigner.Context context) {
            return element.substring(0, 1);
        }
    }

    /** A request that remembers its answer. */
    private static final class Request implements Committer.CommitRequest<FileSinkCommittable> {
        private final FileSinkCommittable committable;
        private Throwable failure;
        private boolean already;

        private Request(FileSinkCommittable committable) {
            this.committable = committable;
        }

        @Override
        public FileSinkCommittable getCommittable() {
            return committable;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable t) {
            failure = t;
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable t) {
            failure = t;
        }

        @Override
        public void retryLater() {
            failure = new IllegalStateException("retry");
        }

        @Override
        public void updateAndRetryLater(FileSinkCommittable updated) {
            retryLater();
        }

        @Override
        public void signalAlreadyCommitted() {
            already = true;
        }
    }

    /** Lines, and at the end how many. */
    private static final class CountedLines implements BulkWriter<String> {
        private final FSDataOutputStream out;
        private final StringBuilder held = new StringBuilder();
        private int lines;

        CountedLines(FSDataOutputStream out) {
            this.out = out;
        }

        @Override
        public void addElement(String element) {
            held.append(element).append('\n');
            lines++;
        }

        @Override
        public void flush() throws IOException {
            out.write(held.toString().getBytes(StandardCharsets.UTF_8));
            held.setLength(0);
        }

        @Override
        public void finish() throws IOException {
            held.append(lines).append(" lines\n");
            flush();
        }
    }
}
