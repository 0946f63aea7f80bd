package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.stream.JobID;
import io.millrace.connector.file.compactor.ConcatFileCompactor;
import io.millrace.connector.file.compactor.DecoderBasedReader;
import io.millrace.connector.file.compactor.FileCompactStrategy;
import io.millrace.connector.file.compactor.FileCompactor;
import io.millrace.connector.file.compactor.IdenticalFileCompactor;
import io.millrace.connector.file.compactor.RecordWiseFileCompactor;
import io.millrace.connector.file.compactor.SimpleStringDecoder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCompactionTest {
    @TempDir java.nio.file.Path work;

    private final JobID job = new JobID();

    private Path output() {
        return new Path(work.toUri());
    }

    private FileSinkCommittable staged(String name, String content) throws IOException {
        Path staging = Staging.directory(output(), job);
        staging.getFileSystem().mkdirs(staging);
        java.nio.file.Path file = java.nio.file.Path.of(new Path(staging, name).toUri());
        Files.writeString(file, content);
        return new FileSinkCommittable(
                new Path(staging, name), new Path(output(), name), content.length());
    }

    private FileCompaction<String> by(FileCompactor compactor) {
        FileSinkSettings<String, String> settings =
                new FileSinkSettings<>(
                        output(),
                        new PartFormat.Rows<>(new SimpleStringEncoder<>()),
                        new BasePathBucketAssigner<>(),
                        DefaultRollingPolicy.builder().build(),
                        1000,
                        new OutputFileConfig("part", ".txt"),
                        OutputMode.APPEND,
                        false);
        return new FileCompaction<>(settings, compactor, Staging.directory(output(), job));
    }

    private static String contentOf(Path path) throws IOException {
        return Files.readString(java.nio.file.Path.of(path.toUri()));
    }

    @Test
    void theNewFileIsStagedAndThePartsStay() throws Exception {
        FileSinkCommittable first = staged("a", "1\n");
        FileSinkCommittable second = staged("b", "2\n");
        FileSinkCommittable both =
                by(new ConcatFileCompactor("-\n".getBytes(StandardCharsets.UTF_8)))
                        .compact(List.of(first, second));
        assertThat(contentOf(both.staged())).isEqualTo("1\n-\n2\n");
        assertThat(both.bytes()).isEqualTo(6);
        assertThat(both.staged().getParent()).isEqualTo(first.staged().getParent());
        assertThat(both.target().getParent()).isEqualTo(first.target().getParent());
        assertThat(both.target().getName()).startsWith("part-compacted-").endsWith(".txt");
        assertThat(contentOf(first.staged())).isEqualTo("1\n");
    }

    @Test
    void recordsAreWrittenInTheSinksFormat() throws Exception {
        FileSinkCommittable both =
                by(new RecordWiseFileCompactor<>(
                                new DecoderBasedReader.Factory<>(SimpleStringDecoder::new)))
                        .compact(List.of(staged("a", "1"), staged("b", "2\n3\n")));
        assertThat(contentOf(both.staged())).isEqualTo("1\n2\n3\n");
    }

    @Test
    void whatIsVisibleAlreadyIsNotWrittenAgain() throws Exception {
        FileSinkCommittable gone = staged("a", "1\n");
        FileSinkCommittable there = staged("b", "2\n");
        Files.delete(java.nio.file.Path.of(gone.staged().toUri()));
        FileCompaction<String> compaction = by(new ConcatFileCompactor());
        assertThat(compaction.compact(List.of(gone, there))).isEqualTo(there);
        assertThat(compaction.compact(List.of(gone))).isNull();
    }

    @Test
    void aStagingDirectoryThatIsGoneIsDataLoss() {
        FileSinkCommittable lost =
                new FileSinkCommittable(
                        new Path(Staging.directory(output(), job), "a"),
                        new Path(output(), "a"),
                        7);
        assertThatThrownBy(() -> by(new ConcatFileCompactor()).compact(List.of(lost, lost)))
                .hasMessageContaining("DATA_LOSS")
                .hasMessageContaining("7 bytes");
    }

    @Test
    void partsGoWhenTheFileIsVisibleAlsoIfTheCommitIsRepeated() throws Exception {
        FileSinkCommittable both =
                by(new ConcatFileCompactor())
                        .compact(List.of(staged("a", "1\n"), staged("b", "2\n")));
        for (int time = 0; time < 2; time++) {
            Request request = new Request(both);
            new FileCommitter().commit(List.of(request));
            assertThat(request.failed()).isFalse();
            assertThat(contentOf(both.target())).isEqualTo("1\n2\n");
            assertThat(both.parts())
                    .allSatisfy(
                            part -> assertThat(java.nio.file.Path.of(part.toUri())).doesNotExist());
        }
    }

    @Test
    void whatAnEarlierReleaseHasPreparedIsRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("file:/staged");
        out.writeUTF("file:/target");
        out.writeLong(5);
        FileSinkCommittable.Serializer serializer = new FileSinkCommittable.Serializer();
        FileSinkCommittable file =
                new FileSinkCommittable(new Path("file:/staged"), new Path("file:/target"), 5);
        assertThat(serializer.deserialize(1, bytes.toByteArray())).isEqualTo(file);
        FileSinkCommittable withParts =
                new FileSinkCommittable(file.staged(), file.target(), 5, List.of(file.staged()));
        assertThat(serializer.deserialize(2, serializer.serialize(withParts))).isEqualTo(withParts);
        assertThatThrownBy(() -> serializer.deserialize(3, bytes.toByteArray()))
                .hasMessageContaining("version 3");
    }

    @Test
    void allIsVisibleWhenEachSubtaskHasMarkedItsEnd() throws IOException {
        staged("a", "1\n");
        assertThat(Staging.isAllVisible(output(), job)).isFalse();
        new FileCommitter().commit(List.of(new Request(Staging.ended(output(), job, 0, 2))));
        assertThat(Staging.isAllVisible(output(), job)).isFalse();
        new FileCommitter().commit(List.of(new Request(Staging.ended(output(), job, 1, 2))));
        assertThat(Staging.isAllVisible(output(), job)).isTrue();
    }

    @Test
    void aStrategyThatSaysNothingIsRefused() {
        assertThatThrownBy(() -> FileCompactStrategy.Builder.newBuilder().build())
                .hasMessageContaining("setSizeThreshold");
        assertThatThrownBy(() -> FileCompactStrategy.Builder.newBuilder().setSizeThreshold(0))
                .hasMessageContaining("not 0");
        assertThatThrownBy(
                        () ->
                                FileCompactStrategy.Builder.newBuilder()
                                        .enableCompactionOnCheckpoint(0))
                .hasMessageContaining("0");
        assertThatThrownBy(() -> FileCompactStrategy.Builder.newBuilder().setNumCompactThreads(0))
                .hasMessageContaining("0");
    }

    @Test
    void aCompactorOfNoKnownKindIsRefused() {
        FileCompactStrategy strategy =
                FileCompactStrategy.Builder.newBuilder().setSizeThreshold(1).build();
        assertThatThrownBy(
                        () ->
                                FileSink.forRowFormat(output(), new SimpleStringEncoder<String>())
                                        .enableCompact(strategy, new FileCompactor() {}))
                .hasMessageContaining("RecordWiseFileCompactor");
        assertThatThrownBy(
                        () ->
                                new IdenticalFileCompactor()
                                        .compact(
                                                List.of(output(), output()),
                                                new ByteArrayOutputStream()))
                .hasMessageContaining("2 together");
    }
}
