package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips a bit of each byte of a tiny savepoint of tables and cuts each of its files at each length:
 * the answer is an error with a name, or what was written; never something else.
 */
class EveryBitTest {
    private static final Set<ErrorCode> NAMED =
            Set.of(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    ErrorCode.CHECKPOINT_NOT_FOUND);

    @TempDir private java.nio.file.Path temporary;

    private java.nio.file.Path directory;

    @BeforeEach
    void write() throws IOException {
        directory = temporary.resolve("tiny");
        SampleSavepoints.tablesAt(directory, 1, 0, 2, "x");
    }

    private Manifest manifest() {
        return TableSavepoint.open(new Path(directory.toString())).toCheckpoint();
    }

    /** Everything that a restore reads, as text. */
    private String readAll() {
        return read(manifest(), "");
    }

    /** The same of parts that lie in a file of a name. */
    private String read(Manifest manifest, String file) {
        StoredSegments segments =
                new StoredSegments(
                        CheckpointDirectory.of(
                                new Path(temporary.toString()), new JobId("f".repeat(32))));
        StringBuilder text = new StringBuilder();
        text.append(manifest.jobId()).append(manifest.jobName()).append(manifest.epoch());
        text.append(manifest.checkpointId()).append(manifest.triggeredAtMs());
        for (OperatorEntry operator : manifest.operators()) {
            text.append(operator.id()).append(operator.name()).append(operator.parallelism());
            text.append(operator.maxParallelism());
            for (SubtaskEntry subtask : operator.subtasks()) {
                text.append(subtask.finished());
                subtask.parts().stream()
                        .filter(part -> part.segments().anyMatch(one -> one.file().contains(file)))
                        .forEach(part -> text.append(read(part, segments)));
            }
        }
        manifest.enumerators()
                .forEach(each -> text.append(each.version()).append(Arrays.toString(each.state())));
        manifest.committables().stream()
                .flatMap(each -> each.committables().committables().stream())
                .forEach(each -> text.append(Arrays.toString(each)));
        return text.toString();
    }

    private static String read(StatePart part, StoredSegments segments) {
        return part.kind()
                + part.name()
                + part.form()
                + part.firstKeyGroup()
                + part.lastKeyGroup()
                + part.items()
                + HexFormat.of().formatHex(part.description())
                + HexFormat.of().formatHex(PartContent.read(part, segments, part.name()));
    }

    private List<java.nio.file.Path> tables() throws IOException {
        try (Stream<java.nio.file.Path> all = Files.walk(directory)) {
            return all.filter(each -> each.toString().endsWith(".parquet")).sorted().toList();
        }
    }

    /** How the table in a file is read, with a manifest that was read before. */
    private Supplier<String> readerOf(java.nio.file.Path file) {
        String name = directory.relativize(file).toString();
        if (!name.contains("kg=") && !name.contains("subtasks=")) {
            return this::readAll; // positions and prepared output are read with the manifest
        }
        Manifest whole = manifest();
        return () -> read(whole, name);
    }

    @Test
    void noFlippedBitOfATableIsReadAsSomethingElse() throws IOException {
        int tried = 0;
        for (java.nio.file.Path file : tables()) {
            Supplier<String> reader = readerOf(file);
            String written = reader.get();
            byte[] whole = Files.readAllBytes(file);
            int unnoticed = 0;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (int at = 0; at < whole.length; at++) {
                    byte flipped = (byte) (whole[at] ^ 1 << at % 8);
                    channel.write(ByteBuffer.wrap(new byte[] {flipped}), at);
                    unnoticed += isNoticed(reader, written) ? 0 : 1;
                    channel.write(ByteBuffer.wrap(whole, at, 1), at);
                    tried++;
                }
            }
            // "PAR1" in front is for others.
            assertThat(unnoticed).as(file.toString()).isLessThanOrEqualTo(4);
        }
        assertThat(tried).isGreaterThan(5_000);
    }

    @Test
    void noFlippedBitOfTheManifestIsReadAsSomethingElse() throws IOException {
        byte[] whole = Files.readAllBytes(directory.resolve("_manifest.json"));
        SavepointManifest written = ManifestJson.parse(whole, directory);
        Supplier<SavepointManifest> reader = () -> ManifestJson.parse(whole, directory);
        int unnoticed = 0;
        for (int at = 0; at < whole.length; at++) {
            whole[at] ^= (byte) (1 << at % 8);
            unnoticed += isNoticed(reader, written) ? 0 : 1;
            whole[at] ^= (byte) (1 << at % 8);
        }
        // A field of another name than that with the checksum is for nobody.
        assertThat(unnoticed).isLessThanOrEqualTo(8);
    }

    /** False if what was written was read all the same. */
    private <T> boolean isNoticed(Supplier<T> reader, T written) {
        try {
            assertThat(reader.get()).isEqualTo(written);
            return false;
        } catch (MillraceException e) {
            assertThat(e.code()).as(e.getMessage()).isIn(NAMED);
            assertThat(e.getMessage()).contains(directory.getFileName().toString());
            return true;
        }
    }

    @Test
    void noFileThatIsCutIsReadAsSomethingElse() throws IOException {
        for (java.nio.file.Path file : tables()) {
            byte[] whole = Files.readAllBytes(file);
            Supplier<String> reader = readerOf(file);
            String written = reader.get();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (int length = whole.length - 1; length >= 0; length -= 11) {
                    channel.truncate(length);
                    assertThat(isNoticed(reader, written)).as(file + " cut at " + length).isTrue();
                }
            }
            Files.write(file, whole);
        }
        byte[] manifest = Files.readAllBytes(directory.resolve("_manifest.json"));
        SavepointManifest written = ManifestJson.parse(manifest, directory);
        // What is cut at the end is the end of a line.
        for (int length = manifest.length - 2; length >= 0; length -= 11) {
            byte[] cut = Arrays.copyOf(manifest, length);
            assertThat(isNoticed(() -> ManifestJson.parse(cut, directory), written)).isTrue();
        }
    }

    @Test
    void verifyFindsEveryFlippedBitOfATable() throws IOException {
        TableSavepoint savepoint = TableSavepoint.open(new Path(directory.toString()));
        java.nio.file.Path file = tables().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 3) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            assertThat(savepoint.verify().damages()).hasSize(1);
        }
    }
}
