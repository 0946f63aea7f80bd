package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCopiesTest {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5};
    private static final String FILE = "3/17/worker-1.seg";

    @TempDir java.nio.file.Path temp;
    private CheckpointDirectory directory;
    private LocalCopies copies;

    @BeforeEach
    void open() {
        directory =
                new CheckpointDirectory(
                        FileSystem.getLocalFileSystem(),
                        new Path(temp.resolve("durable").toUri()),
                        new JobId(Manifests.JOB));
        copies = LocalCopies.in(temp.resolve("copies"));
    }

    private SegmentRef write(long checkpointId, byte[] content) throws IOException {
        try (SegmentFile file =
                new SegmentFile(directory, 3, checkpointId, "worker-1", copies, 0)) {
            SegmentRef segment = file.append(out -> out.write(content));
            file.finish();
            return segment;
        }
    }

    private byte[] read(SegmentRef segment) throws IOException {
        try (InputStream in = new StoredSegments(directory, copies, List.of()).open(segment)) {
            return in.readAllBytes();
        }
    }

    private java.nio.file.Path durable(String file) {
        return temp.resolve("durable/" + Manifests.JOB + "/" + file);
    }

    private java.nio.file.Path copy(String file) {
        return temp.resolve("copies/" + file.replace('/', '-'));
    }

    private static byte[] many(int bytes) {
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        return content;
    }

    @Test
    void theCopyIsReadWhileItIsThere() throws IOException {
        SegmentRef small = write(17, CONTENT);
        SegmentRef large = write(18, many(300_000));

        Files.delete(durable(small.file()));
        Files.delete(durable(large.file()));

        assertThat(read(small)).isEqualTo(CONTENT);
        assertThat(read(large)).isEqualTo(many(300_000));
    }

    @Test
    void aMissingCopyIsPassedOver() throws IOException {
        SegmentRef segment = write(17, CONTENT);

        Files.delete(copy(FILE));

        assertThat(read(segment)).isEqualTo(CONTENT);
        assertThat(copies.has(FILE)).isFalse();
    }

    @Test
    void everyFlippedByteOfACopyIsPassedOver() throws IOException {
        SegmentRef segment = write(17, CONTENT);
        byte[] whole = Files.readAllBytes(copy(FILE));

        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            write(17, CONTENT, flipped);
            assertThat(read(segment)).as("byte %d", at).isEqualTo(CONTENT);
            assertThat(copies.has(FILE)).as("byte %d", at).isFalse();
            assertThat(copy(FILE)).doesNotExist();
        }
    }

    @Test
    void everyTruncationOfACopyIsPassedOver() throws IOException {
        SegmentRef segment = write(17, CONTENT);
        byte[] whole = Files.readAllBytes(copy(FILE));

        for (int length = 0; length < whole.length; length++) {
            write(17, CONTENT, Arrays.copyOf(whole, length));
            assertThat(read(segment)).as("%d bytes", length).isEqualTo(CONTENT);
            assertThat(copies.has(FILE)).as("%d bytes", length).isFalse();
        }
    }

    /** Writes the file anew and puts something else in the place of its copy. */
    private void write(long checkpointId, byte[] content, byte[] instead) throws IOException {
        Files.deleteIfExists(durable(FILE));
        write(checkpointId, content);
        Files.write(copy(FILE), instead);
    }

    @Test
    void aCopyOfAnotherCheckpointInItsPlaceIsPassedOver() throws IOException {
        SegmentRef segment = write(17, CONTENT);
        write(18, new byte[] {9, 9, 9, 9, 9});

        Files.copy(
                copy("3/18/worker-1.seg"),
                copy(FILE),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(read(segment)).isEqualTo(CONTENT);
    }

    @Test
    void aDamagedDurableFileIsNoticedWhereThereIsNoCopy() throws IOException {
        SegmentRef segment = write(17, CONTENT);
        byte[] whole = Files.readAllBytes(durable(FILE));
        whole[whole.length - 1]++;
        Files.write(durable(FILE), whole);
        assertThat(read(segment)).isEqualTo(CONTENT);

        copies.retain(Set.of());

        assertThatThrownBy(() -> read(segment)).isInstanceOf(MillraceException.class);
    }

    @Test
    void aCopyThatIsAlteredWhileItIsReadIsNotTheCheckpointsFault() throws IOException {
        SegmentRef segment = write(17, many(300_000));
        try (InputStream in = new StoredSegments(directory, copies, List.of()).open(segment)) {
            in.readNBytes(1000);
            byte[] altered = Files.readAllBytes(copy(FILE));
            altered[altered.length - 1]++;
            Files.write(copy(FILE), altered);

            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("local copy");
        }

        assertThat(read(segment)).isEqualTo(many(300_000));
        assertThat(copies.has(FILE)).isFalse();
    }

    @Test
    void onlyWhatIsNeededStays() throws IOException {
        write(17, CONTENT);
        write(18, CONTENT);
        write(19, CONTENT);

        copies.retain(Set.of("3/18/worker-1.seg", "3/2/worker-9.seg"));

        assertThat(temp.resolve("copies"))
                .isDirectoryContaining("glob:**3-18-worker-1.seg")
                .satisfies(kept -> assertThat(kept.toFile().list()).hasSize(1));
    }

    @Test
    void aFileThatIsGivenUpLeavesNoCopy() throws IOException {
        try (SegmentFile file = new SegmentFile(directory, 3, 17, "worker-1", copies, 0)) {
            file.append(out -> out.write(CONTENT));
        }

        assertThat(copy(FILE)).doesNotExist();
        assertThat(copies.has(FILE)).isFalse();
    }

    @Test
    void aDiskThatTakesNoCopiesDoesNotHarmTheCheckpoint() throws IOException {
        Files.writeString(temp.resolve("copies"), "a file in the directory's place");

        SegmentRef segment = write(17, CONTENT);

        assertThat(copies.has(FILE)).isFalse();
        assertThat(read(segment)).isEqualTo(CONTENT);
    }

    @Test
    void allGoWithTheJob() throws IOException {
        SegmentRef segment = write(17, CONTENT);

        copies.close();
        copies.close();

        assertThat(temp.resolve("copies")).doesNotExist();
        assertThat(read(segment)).isEqualTo(CONTENT);
    }

    @Test
    void aJobWithoutCopiesReadsDurableFiles() throws IOException {
        copies = LocalCopies.NONE;

        assertThat(read(write(17, CONTENT))).isEqualTo(CONTENT);
        copies.close();
    }
}
