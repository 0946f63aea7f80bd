package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import io.millrace.runtime.serde.WrittenSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestCodecTest {
    private static final byte[] BYTES = ManifestCodec.encode(Manifests.full());

    private static Manifest decode(byte[] bytes) {
        return ManifestCodec.decode(bytes, "3/17/manifest");
    }

    /** As a reader of files does it: what the file has beyond its header's length is not read. */
    private static Manifest decodeFile(byte[] bytes) {
        try {
            return decode(ManifestCodec.read(new ByteArrayInputStream(bytes), "3/17/manifest"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSame(Manifest read, Manifest written) {
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }

    @Test
    void readsWhatWasWritten() {
        assertSame(decodeFile(BYTES), Manifests.full());
    }

    @Test
    void everyFlippedByteIsNoticed() {
        for (int at = 0; at < BYTES.length; at++) {
            for (int flip : new int[] {0x01, 0x80, 0xFF}) {
                byte[] flipped = BYTES.clone();
                flipped[at] ^= (byte) flip;
                try {
                    decodeFile(flipped);
                    fail("byte %d of %d was flipped by %02x, silently", at, BYTES.length, flip);
                } catch (MillraceException e) {
                    assertThat(e.code())
                            .isIn(
                                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                                    ErrorCode.CHECKPOINT_INCOMPATIBLE);
                    assertThat(e).hasMessageContaining("3/17/manifest");
                }
            }
        }
    }

    @Test
    void everyTruncationIsNoticed() {
        for (int length = 0; length < BYTES.length; length++) {
            byte[] cut = Arrays.copyOf(BYTES, length);
            assertThatThrownBy(() -> decodeFile(cut))
                    .as("%d of %d bytes", length, BYTES.length)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageStartingWith("CHECKPOINT_FILE_CORRUPT: 3/17/manifest")
                    .hasMessageContaining(length < 12 ? length + " bytes" : "its header says");
        }
    }

    @Test
    void bytesTooManyAreNoticed() {
        assertThatThrownBy(() -> decodeFile(Arrays.copyOf(BYTES, BYTES.length + 1)))
                .hasMessageContaining("more than " + BYTES.length + " bytes");
    }

    @Test
    void aForeignFileIsNamed() {
        assertThatThrownBy(() -> decodeFile("PAR1 and so on".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageStartingWith(
                        "CHECKPOINT_FILE_CORRUPT: 3/17/manifest is not the manifest of a checkpoint:"
                                + " it begins with 50415231");
    }

    @Test
    void aPointerIsNoManifest() {
        byte[] pointer =
                PointerCodec.encode(new Pointer(Manifests.JOB, "job", "file:/c", 1, List.of()));

        assertThatThrownBy(() -> decodeFile(pointer))
                .hasMessageContaining("is not the manifest of a checkpoint");
    }

    @Test
    void aNewerVersionIsNamed() {
        byte[] newer = BYTES.clone();
        newer[7] = 2;

        assertThatThrownBy(() -> decodeFile(newer))
                .hasMessageStartingWith("CHECKPOINT_INCOMPATIBLE: ")
                .hasMessageContaining("has version 2, this release reads up to version 1");
    }

    /** A record as a later release might write it: of our names, with a component more. */
    @Test
    void whatALaterReleaseAddsIsSkippedAndWhatItLeftOutIsNothing() {
        Serializer<Later> serializer = Serializers.ofSealed(Later.class);
        Envelope<Now> now = new Envelope<>(1, "a value", Now.class);
        BinaryWriter body = new BinaryWriter(64);
        body.writeByteArray(renamed(WrittenSchema.of(serializer).toBytes()));
        serializer.write(new Later("a", List.of("new", "things"), 7), body);

        Now read = now.decode(sealed(1, body.toByteArray()), "file");

        assertThat(read).isEqualTo(new Now(null, 7, "a"));
    }

    @Test
    void aBodyOfAnotherFormIsIncompatible() {
        Serializer<Other> serializer = Serializers.ofSealed(Other.class);
        BinaryWriter body = new BinaryWriter(64);
        body.writeByteArray(WrittenSchema.of(serializer).toBytes());
        serializer.write(new Other("a"), body);

        assertThatThrownBy(() -> decode(sealed(0x4D52434D, body.toByteArray())))
                .hasMessageStartingWith("CHECKPOINT_INCOMPATIBLE: 3/17/manifest cannot be read");
    }

    /** Lengths of all sizes at every place of the body, with a checksum that is right. */
    @Test
    void hostileLengthsTakeNoMemory() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long most = 0;
        byte[] lengths = {-1, -1, -1, -1, 7};
        for (int at = 12; at < BYTES.length - 9; at++) {
            byte[] hostile = BYTES.clone();
            System.arraycopy(lengths, 0, hostile, at, lengths.length);
            ByteBuffer.wrap(hostile)
                    .putInt(BYTES.length - 4, Envelope.crc(hostile, BYTES.length - 4));
            long before = threads.getThreadAllocatedBytes(thread);
            try {
                decodeFile(hostile);
            } catch (MillraceException e) {
                assertThat(e.code())
                        .isIn(ErrorCode.CHECKPOINT_FILE_CORRUPT, ErrorCode.CHECKPOINT_INCOMPATIBLE);
            }
            most = Math.max(most, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(most).isLessThan(64L << 20);
    }

    @Test
    void aHostileLengthInTheHeaderTakesNoMemory() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        byte[] hostile = BYTES.clone();
        ByteBuffer.wrap(hostile).putInt(8, Envelope.MAX_BYTES - 100);
        long before = threads.getThreadAllocatedBytes(thread);

        assertThatThrownBy(() -> decodeFile(hostile))
                .hasMessageContaining("its header says " + (Envelope.MAX_BYTES - 84));

        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(1 << 20);
    }

    /**
     * What the first release wrote is read by every later one: never write these files anew, add
     * others beside them ({@code -Dgolden.write=DIRECTORY}).
     */
    @Test
    void theManifestOfTheFirstReleaseIsRead() throws IOException {
        assertSame(decodeFile(golden("manifest", BYTES)), Manifests.full());
    }

    @Test
    void thePointerOfTheFirstReleaseIsRead() throws IOException {
        Pointer pointer =
                new Pointer(
                        Manifests.JOB,
                        "word count",
                        "hdfs://cluster/checkpoints/" + Manifests.JOB,
                        18,
                        List.of(new CheckpointRecord(17, 3, "3/17/manifest", 700, 0xBEEF)));

        byte[] stored = golden("pointer", PointerCodec.encode(pointer));

        assertThat(PointerCodec.decode(stored, "pointer")).isEqualTo(pointer);
    }

    static byte[] golden(String name, byte[] now) throws IOException {
        String directory = System.getProperty("golden.write");
        if (directory != null) {
            Files.createDirectories(Path.of(directory));
            String hex = HexFormat.of().formatHex(now).replaceAll(".{96}", "$0\n");
            Files.writeString(Path.of(directory, name + ".hex"), hex + "\n");
            return now;
        }
        try (InputStream in =
                ManifestCodecTest.class.getResourceAsStream("golden-v1/" + name + ".hex")) {
            assertThat(in).as("golden file of %s", name).isNotNull();
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replace("\n", ""));
        }
    }

    private static byte[] sealed(int magic, byte[] body) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + body.length);
        bytes.putInt(magic).putInt(1).putInt(body.length).put(body);
        return bytes.putInt(Envelope.crc(bytes.array(), 12 + body.length)).array();
    }

    /** Calls the record of the later release as the one of today is called. */
    private static byte[] renamed(byte[] schema) {
        String text = new String(schema, StandardCharsets.ISO_8859_1);
        String later = Later.class.getName();
        String now = Now.class.getName();
        assertThat(text).contains(later);
        return text.replace((char) later.length() + later, (char) now.length() + now)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    record Now(String forgotten, long widened, String name) {}

    record Later(String name, List<String> added, int widened) {}

    record Other(String name) {}

    private static Manifest holding(byte[] content) {
        return Manifests.naming(
                Manifests.JOB,
                "job",
                3,
                17,
                StoredFile.inManifest("3/17/worker-1.seg", content),
                new StoredFile("3/17/worker-2.seg", 1044));
    }

    @Test
    void everyFlippedByteOfStateThatLiesInItIsNoticed() {
        Manifest written = holding(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        byte[] bytes = ManifestCodec.encode(written);

        assertSame(decodeFile(bytes), written);
        for (int at = 0; at < bytes.length; at++) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 0x10;
            assertThatThrownBy(() -> decodeFile(flipped))
                    .as("byte %d of %d", at, bytes.length)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("3/17/manifest");
        }
    }
}
