package io.millrace.runtime.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.testing.FaultyFileSystem;
import io.millrace.runtime.testing.FaultyFileSystem.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFileTest {
    @TempDir java.nio.file.Path temp;
    private final FaultyFileSystem files = new FaultyFileSystem(FileSystem.getLocalFileSystem());
    private CheckpointDirectory directory;

    @BeforeEach
    void open() {
        directory = of(Manifests.JOB);
    }

    private CheckpointDirectory of(String jobId) {
        return new CheckpointDirectory(files, new Path(temp.toUri().toString()), new JobId(jobId));
    }

    private SegmentFile begin() {
        return new SegmentFile(directory, 3, 17, "worker-1");
    }

    private java.nio.file.Path written() {
        return temp.resolve(Manifests.JOB + "/3/17/worker-1.seg");
    }

    private byte[] read(SegmentRef segment) throws IOException {
        try (InputStream in = new StoredSegments(directory).open(segment)) {
            return in.readAllBytes();
        }
    }

    private static SegmentOutput.Body bytes(byte[] content) {
        return out -> out.write(content);
    }

    @Test
    void segmentsOfAllSizesAreReadAsTheyWereWritten() throws IOException {
        byte[] large = new byte[300_001];
        new Random(1).nextBytes(large);
        try (SegmentFile file = begin()) {
            SegmentRef small = file.append(bytes("small".getBytes(UTF_8)));
            SegmentRef big =
                    file.append(
                            out -> {
                                out.write(large, 0, 70_000);
                                out.write(large[70_000]);
                                for (int at = 70_001; at < large.length; at += 1000) {
                                    out.write(large, at, Math.min(1000, large.length - at));
                                }
                            });
            SegmentRef last = file.append(out -> out.write(7));
            StoredFile stored = file.finish().orElseThrow();

            assertThat(stored).isEqualTo(new StoredFile("3/17/worker-1.seg", last.end()));
            assertThat(Files.size(written())).isEqualTo(stored.length());
            assertThat(read(small)).isEqualTo("small".getBytes(UTF_8));
            assertThat(read(big)).isEqualTo(large);
            assertThat(read(last)).containsExactly(7);
        }
        assertThat(written()).exists();
    }

    @Test
    void thereIsNoFileWithoutASegment() throws IOException {
        try (SegmentFile file = begin()) {
            assertThat(file.finish()).isEmpty();
        }
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void whatIsNotFinishedIsRemoved() throws IOException {
        try (SegmentFile file = begin()) {
            file.append(out -> out.write(1));
        }
        assertThat(written()).doesNotExist();
    }

    @Test
    void afterAFailureTheFileIsOfNoUseAndRemoved() throws IOException {
        try (SegmentFile file = begin()) {
            assertThatThrownBy(
                            () ->
                                    file.append(
                                            out -> {
                                                out.write(1);
                                                throw new IllegalStateException("of the state");
                                            }))
                    .hasMessage("of the state");
            assertThatThrownBy(() -> file.append(out -> out.write(1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(file::finish).isInstanceOf(IllegalStateException.class);
        }
        assertThat(written()).doesNotExist();
    }

    @Test
    void aFullDiskFailsTheCheckpointAndLeavesNothing() {
        files.set(
                new FaultyFileSystem.Faults() {
                    @Override
                    public void before(Operation operation, Path path) throws IOException {
                        if (operation == Operation.CLOSE) {
                            throw new IOException("No space left on device");
                        }
                    }
                });
        try (SegmentFile file = begin()) {
            assertThatThrownBy(
                            () -> {
                                file.append(out -> out.write(1));
                                file.finish();
                            })
                    .hasMessage("No space left on device");
        }
        assertThat(written()).doesNotExist();
    }

    @Test
    void neverWritesOverAFileThatIsThere() throws IOException {
        try (SegmentFile file = begin()) {
            file.append(out -> out.write(1));
            file.finish();
        }
        try (SegmentFile again = begin()) {
            assertThatThrownBy(() -> again.append(out -> out.write(2)))
                    .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
        }
        assertThat(written()).exists();
    }

    private SegmentRef writeSmall() throws IOException {
        try (SegmentFile file = begin()) {
            SegmentRef segment = file.append(bytes("what a state holds".getBytes(UTF_8)));
            file.finish();
            return segment;
        }
    }

    private void assertDamage(SegmentRef segment, String... parts) {
        assertThatThrownBy(() -> read(segment))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("CHECKPOINT_FILE_CORRUPT: ")
                .hasMessageContainingAll(parts);
    }

    @Test
    void everyFlippedByteIsNoticed() throws IOException {
        SegmentRef segment = writeSmall();
        byte[] good = Files.readAllBytes(written());
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 1;
            Files.write(written(), flipped);
            try {
                read(segment);
                fail("byte %d of %d was flipped silently", at, good.length);
            } catch (MillraceException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_FILE_CORRUPT);
                assertThat(e).hasMessageContaining("3/17/worker-1.seg");
            }
        }
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        SegmentRef segment = writeSmall();
        byte[] good = Files.readAllBytes(written());
        for (int length = 0; length < good.length; length++) {
            Files.write(written(), Arrays.copyOf(good, length));
            assertDamage(segment, "worker-1.seg", length + " bytes");
        }
    }

    @Test
    void aSegmentThatBeginsBehindTheEndNamesTheNumbers() throws IOException {
        writeSmall();

        assertDamage(
                new SegmentRef("3/17/worker-1.seg", 4096, 10, 0),
                "is 62 bytes, but a segment of 10 bytes is to begin at 4096");
    }

    @Test
    void aMissingFileIsNamed() {
        assertDamage(
                new SegmentRef("3/17/worker-1.seg", 44, 10, 0), "3/17/worker-1.seg", "is missing");
    }

    @Test
    void aForeignFileIsNamed() throws IOException {
        SegmentRef segment = writeSmall();
        Files.write(written(), new byte[100]);

        assertDamage(segment, "is no file of a checkpoint: it begins with 00000000");
    }

    @Test
    void aFileOfAnotherJobInItsPlaceIsNoticed() throws IOException {
        String other = "f".repeat(32);
        SegmentRef segment = writeSmall();
        directory = of(other);
        writeSmall();
        Files.move(
                temp.resolve(other + "/3/17/worker-1.seg"),
                written(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        directory = of(Manifests.JOB);

        assertDamage(segment, "is a file of checkpoint 17 in epoch 3 of job " + other);
    }

    @Test
    void aSegmentInsideTheHeaderIsRefused() throws IOException {
        writeSmall();

        assertDamage(new SegmentRef("3/17/worker-1.seg", 8, 10, 0), "where no segment can be");
        assertDamage(
                new SegmentRef("3/17/worker-1.seg", Long.MAX_VALUE - 5, 10, 0),
                "where no segment can be");
    }

    @Test
    void aFileOfAnotherJobIsReadByItsAbsoluteName() throws IOException {
        SegmentRef segment = writeSmall();
        String absolute = directory.absolute(segment.file());
        directory = of("f".repeat(32));

        assertThat(
                        read(
                                new SegmentRef(
                                        absolute,
                                        segment.offset(),
                                        segment.length(),
                                        segment.crc32c())))
                .isEqualTo("what a state holds".getBytes(UTF_8));
    }

    private SegmentFile beginHolding(int bytes) {
        return new SegmentFile(directory, 3, 17, "worker-1", LocalCopies.NONE, bytes);
    }

    private byte[] readIn(StoredFile stored, SegmentRef segment) throws IOException {
        StoredSegments segments = new StoredSegments(directory, LocalCopies.NONE, List.of(stored));
        try (InputStream in = segments.open(segment)) {
            return in.readAllBytes();
        }
    }

    @Test
    void whatIsLittleIsHandedOverAndReadAsItWasWritten() throws IOException {
        try (SegmentFile file = beginHolding(1000)) {
            SegmentRef first = file.append(bytes("first".getBytes(UTF_8)));
            SegmentRef second = file.append(bytes("second".getBytes(UTF_8)));
            StoredFile stored = file.finish().orElseThrow();

            assertThat(stored.isInManifest()).isTrue();
            assertThat(stored.length()).isEqualTo(second.end()).isEqualTo(stored.content().length);
            assertThat(readIn(stored, first)).isEqualTo("first".getBytes(UTF_8));
            assertThat(readIn(stored, second)).isEqualTo("second".getBytes(UTF_8));
        }
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void whatBecomesMoreGoesToAFileWithAllThatWasBefore() throws IOException {
        byte[] large = new byte[200_000];
        new Random(1).nextBytes(large);
        for (int most : new int[] {0, 43, 44, 45, 48, 49, 50, 65_536, 200_048}) {
            try (SegmentFile file = beginHolding(most)) {
                SegmentRef first = file.append(bytes("first".getBytes(UTF_8)));
                SegmentRef second = file.append(bytes(large));
                StoredFile stored = file.finish().orElseThrow();

                assertThat(stored.isInManifest()).as("%d bytes", most).isFalse();
                assertThat(Files.size(written())).isEqualTo(stored.length());
                assertThat(read(first)).isEqualTo("first".getBytes(UTF_8));
                assertThat(read(second)).isEqualTo(large);
            }
            Files.delete(written());
        }
    }

    @Test
    void asMuchAsMayBeHeldIsHeld() throws IOException {
        try (SegmentFile file = beginHolding(SegmentHeader.BYTES + 5)) {
            file.append(bytes("first".getBytes(UTF_8)));
            assertThat(file.finish().orElseThrow().isInManifest()).isTrue();
        }
    }

    @Test
    void everyFlippedByteOfWhatWasHandedOverIsNoticed() throws IOException {
        try (SegmentFile file = beginHolding(1000)) {
            SegmentRef segment = file.append(bytes("what a state holds".getBytes(UTF_8)));
            byte[] good = file.finish().orElseThrow().content();
            for (int at = 0; at < good.length; at++) {
                byte[] flipped = good.clone();
                flipped[at] ^= 1;
                StoredFile bad = StoredFile.inManifest(segment.file(), flipped);
                assertThatThrownBy(() -> readIn(bad, segment))
                        .as("byte %d of %d", at, good.length)
                        .isInstanceOf(MillraceException.class)
                        .hasMessageStartingWith("CHECKPOINT_FILE_CORRUPT: ");
            }
            for (int length = 0; length < good.length; length++) {
                StoredFile bad = StoredFile.inManifest(segment.file(), Arrays.copyOf(good, length));
                assertThatThrownBy(() -> readIn(bad, segment))
                        .as("%d bytes", length)
                        .hasMessageStartingWith("CHECKPOINT_FILE_CORRUPT: ");
            }
        }
    }

    @Test
    void aBufferThatWasGivenBackIsUsedAgainAndIsEmpty() throws IOException {
        try (SegmentFile file = begin()) {
            var first = file.takeBuffer();
            var second = file.takeBuffer();
            first.writeLong(1);
            file.giveBack(first);

            assertThat(second).isNotSameAs(first);
            assertThat(file.takeBuffer()).isSameAs(first);
            assertThat(first.size()).isZero();
        }
    }
}
