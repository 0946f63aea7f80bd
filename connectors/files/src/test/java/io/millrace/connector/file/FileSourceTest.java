package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    @TempDir Path work;

    @Test
    void aMissingInputIsNamedBeforeTheJobRuns() {
        FileSource<String> source =
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), path("nothing"))
                        .build();
        assertThatThrownBy(source::preflight)
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("PATH_NOT_FOUND: ")
                .hasMessageContaining("nothing");
    }

    @Test
    void aFileCompressedInAnUnknownWayIsRefusedBeforeTheJobRuns() throws IOException {
        Files.writeString(work.resolve("log.zst"), "x");
        FileSource<String> source =
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), path("log.zst"))
                        .build();
        assertThatThrownBy(source::preflight)
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("PROGRAM_INVALID: ")
                .hasMessageContaining("log.zst is compressed");
    }

    @Test
    void hiddenAndEmptyFilesAreNoInput() throws IOException {
        Files.writeString(work.resolve("a.txt"), "a");
        Files.writeString(work.resolve("_SUCCESS"), "x");
        Files.createDirectories(work.resolve(".millrace-0"));
        Files.writeString(work.resolve(".millrace-0/part"), "x");
        Files.writeString(work.resolve("empty"), "");
        Files.createDirectories(work.resolve("day=1"));
        Files.writeString(work.resolve("day=1/b.txt"), "b");

        assertThat(splits(64L << 20, 4))
                .extracting(split -> split.path().getName())
                .containsExactly("a.txt", "b.txt");
    }

    @Test
    void splitsCoverAFileWithoutGapsAndFeedAllSubtasks() throws IOException {
        byte[] content = new byte[10 << 20];
        Files.write(work.resolve("big"), content);

        List<FileSourceSplit> splits = splits(64L << 20, 4);

        assertThat(splits).hasSizeGreaterThanOrEqualTo(8);
        long next = 0;
        for (FileSourceSplit split : splits) {
            assertThat(split.offset()).isEqualTo(next);
            next += split.length();
        }
        assertThat(next).isEqualTo(content.length);
    }

    @Test
    void aCompressedFileIsOneSplit() throws IOException {
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(work.resolve("big.gz")))) {
            for (int i = 0; i < 300_000; i++) {
                out.write(Integer.toHexString(i * 31 + 7).getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(splits(1 << 10, 4)).hasSize(1);
    }

    @Test
    void aSplitSurvivesItsSerializer() throws IOException {
        FileSourceSplit split =
                new FileSourceSplit(
                        "00000001",
                        path("x"),
                        5,
                        7,
                        1_234,
                        100,
                        new String[] {"h1", "h2"},
                        new CheckpointedPosition(6, 3));
        FileSourceSplitSerializer serializer = FileSourceSplitSerializer.INSTANCE;
        assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
        assertThatThrownBy(() -> serializer.deserialize(9, serializer.serialize(split)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }

    private List<FileSourceSplit> splits(long splitBytes, int parallelism) {
        return new FileListing(splitBytes, true)
                .enumerateSplits(
                        new io.millrace.api.file.Path[] {
                            io.millrace.api.file.Path.fromLocalFile(work.toFile())
                        },
                        parallelism);
    }

    private io.millrace.api.file.Path path(String name) {
        return io.millrace.api.file.Path.fromLocalFile(work.resolve(name).toFile());
    }
}
