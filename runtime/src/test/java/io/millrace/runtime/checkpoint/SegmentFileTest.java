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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
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

    private SegmentFile beginPacked() {
        return beginPacked(0);
    }

    private SegmentFile beginPacked(int mostHeldBytes) {
        return new SegmentFile(
                directory,
                3,
                17,
                "worker-1",
                LocalCopies.NONE,
                mostHeldBytes,
                SegmentFile.Use.PACKED);
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

    private static byte[] accounts(int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < bytes; i++) {
            text.append("customer.").append(i).append("@mail.example ").append(i % 97);
        }
        return Arrays.copyOf(text.toString().getBytes(UTF_8), bytes);
    }

    @Test
    void packedSegmentsOfAllSizesAreReadAsTheyWereWritten() throws IOException {
        Random random = new Random(7);
        byte[] noise = new byte[900_000];
        random.nextBytes(noise);
        byte[] mixed = accounts(1_500_000);
        System.arraycopy(noise, 0, mixed, 300_000, 600_000);
        List<byte[]> contents = new ArrayList<>(List.of(noise, mixed));
        for (int size : new int[] {1, 2, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145}) {
            contents.add(accounts(size));
            contents.add(Arrays.copyOf(noise, size));
        }
        List<SegmentRef> segments = new ArrayList<>();
        try (SegmentFile file = beginPacked()) {
            for (byte[] content : contents) {
                segments.add(
                        file.append(
                                out -> {
                                    for (int at = 0; at < content.length; ) {
                                        int count =
                                                Math.min(
                                                        content.length - at,
                                                        1 + random.nextInt(400_000));
                                        out.write(content, at, count);
                                        at += count;
                                    }
                                }));
                assertThat(file.length()).isEqualTo(segments.get(segments.size() - 1).end());
            }
            file.finish();
        }
        for (int i = 0; i < contents.size(); i++) {
            assertThat(read(segments.get(i))).isEqualTo(contents.get(i));
        }
    }

    @Test
    void whatIsAlikeBecomesSmallerAndNoiseHardlyLarger() throws IOException {
        byte[] noise = new byte[1_000_000];
        new Random(3).nextBytes(noise);
        try (SegmentFile file = beginPacked()) {
            SegmentRef alike = file.append(bytes(accounts(1_000_000)));
            SegmentRef random = file.append(bytes(noise));

            assertThat(alike.length()).isLessThan(500_000);
            assertThat(random.length()).isLessThan(1_000_100);
        }
    }

    private SegmentRef writePacked() throws IOException {
        try (SegmentFile file = beginPacked()) {
            SegmentRef segment = file.append(bytes(accounts(400)));
            file.finish();
            return segment;
        }
    }

    @Test
    void everyFlippedByteOfAPackedSegmentIsNoticed() throws IOException {
        SegmentRef segment = writePacked();
        byte[] good = Files.readAllBytes(written());
        for (int at = 0; at < good.length; at++) {
            for (int bit : new int[] {1, 0x80}) {
                byte[] flipped = good.clone();
                flipped[at] ^= (byte) bit;
                Files.write(written(), flipped);
                assertDamage(segment, "3/17/worker-1.seg");
            }
        }
    }

    @Test
    void everyTruncationOfAPackedSegmentIsNoticed() throws IOException {
        SegmentRef segment = writePacked();
        byte[] good = Files.readAllBytes(written());
        for (int length = 0; length < good.length; length++) {
            Files.write(written(), Arrays.copyOf(good, length));
            assertDamage(segment, "worker-1.seg");
        }
    }

    @Test
    void aPackedBlockThatWasNeverWrittenNamesItsNumbers() throws IOException {
        for (byte[] block :
                List.of(
                        new byte[] {0, 4, 0, 1, 0, 0, 0, 1, 0},
                        new byte[] {0, 0, 0, 0, 0, 0, 0, 0},
                        new byte[] {0, 0, 0, 5, 0, 0, 0, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1},
                        new byte[] {0, 0, 0, 9, 0, 0, 0, 1, 1},
                        new byte[] {0, 0, 0, 9, 0, 0, 0, 8, 1},
                        new byte[] {0, 0, 0})) {
            assertDamage(rightlySummed(block), "the packed segment of " + block.length, "at 44");
        }
    }

    /** A packed segment of any bytes, with the checksum of these. */
    private SegmentRef rightlySummed(byte[] block) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(block);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(SegmentHeader.encode(directory.place("3/17/worker-1.seg"), true));
        file.write(block);
        Files.createDirectories(written().getParent());
        Files.write(written(), file.toByteArray());
        return new SegmentRef(
                "3/17/worker-1.seg", SegmentHeader.BYTES, block.length, (int) crc.getValue());
    }

    @Test
    void packedContentThatIsLittleIsHandedOver() throws IOException {
        try (SegmentFile file = beginPacked(4000)) {
            SegmentRef segment = file.append(bytes(accounts(5_000)));
            StoredFile stored = file.finish().orElseThrow();

            assertThat(stored.isInManifest()).isTrue();
            assertThat(readIn(stored, segment)).isEqualTo(accounts(5_000));
        }
    }

    /** In the first form of packed files; two segments, one of which did not become smaller. */
    @Test
    void aPackedFileOfTheFirstReleaseIsRead() throws IOException {
        String golden =
                "4d525347000000020123456789abcdef0123456789abcdef0000000000000003"
                        + "00000000000000115424e5bd000000260000001dd1746f206265206f72206e6f"
                        + "74200d00122c070004140050746f206265000000050000000573686f7274";
        Files.createDirectories(written().getParent());
        Files.write(written(), HexFormat.of().parseHex(golden));

        assertThat(read(new SegmentRef("3/17/worker-1.seg", 44, 37, 0x3ab04b28)))
                .isEqualTo("to be or not to be, to be or not to be".getBytes(UTF_8));
        assertThat(read(new SegmentRef("3/17/worker-1.seg", 81, 13, 0x2c14d7e6)))
                .isEqualTo("short".getBytes(UTF_8));
    }

    @Test
    void aVersionOfALaterReleaseIsNamed() throws IOException {
        byte[] header = SegmentHeader.encode(directory.place("3/17/worker-1.seg"), true);
        ByteBuffer numbers = ByteBuffer.wrap(header);
        CRC32C crc = new CRC32C();
        numbers.putInt(4, 3);
        crc.update(header, 0, 40);
        numbers.putInt(40, (int) crc.getValue());

        assertThatThrownBy(() -> SegmentHeader.check(header, directory.place("3/17/worker-1.seg")))
                .hasMessageStartingWith("CHECKPOINT_INCOMPATIBLE: ")
                .hasMessageContainingAll("has version 3", "up to 2");
    }
}
