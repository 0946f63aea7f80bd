package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class Bzip2StreamTest {
    private static byte[] file(String name) throws IOException {
        try (InputStream in = Bzip2StreamTest.class.getResourceAsStream("/compressed/" + name)) {
            return in.readAllBytes();
        }
    }

    private static byte[] content(byte[] compressed) throws IOException {
        try (InputStream in = new Bzip2Stream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }

    @Test
    void readsSeveralBlocks() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            lines.append(i * 7919L % 100_003).append('\n');
        }

        assertThat(content(file("lines.bz2")))
                .isEqualTo(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void readsStreamsOneAfterTheOther() throws Exception {
        assertThat(content(file("two-streams.bz2"))).asString().isEqualTo("first\nsecond\n");
        assertThat(content(file("empty.bz2"))).isEmpty();
    }

    @Test
    void readsRunsAndAllBytes() throws Exception {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes("aaaabbb".getBytes(StandardCharsets.US_ASCII));
        expected.writeBytes("a".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        expected.write('\n');
        for (int i = 0; i < 256; i++) {
            expected.write(i);
        }
        expected.writeBytes("c".repeat(259).getBytes(StandardCharsets.US_ASCII));
        expected.writeBytes("d".repeat(260).getBytes(StandardCharsets.US_ASCII));

        assertThat(content(file("runs.bz2"))).isEqualTo(expected.toByteArray());
    }

    @Test
    void whatEndsEarlyIsNeverTakenForWhole() throws Exception {
        byte[] whole = file("runs.bz2");
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> content(part)).isInstanceOf(EOFException.class);
        }
    }

    /** The 7 bits that fill up the last byte mean nothing. */
    @Test
    void damageIsFoundWhereverItIs() throws Exception {
        byte[] whole = file("runs.bz2");
        byte[] content = content(whole);
        for (int bit = 0; bit < whole.length * 8 - 7; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (0x80 >>> bit % 8);
            try {
                // The size of blocks may be any that is large enough.
                assertThat(content(damaged)).isEqualTo(content);
                assertThat(bit / 8).isEqualTo(3);
            } catch (ZipException | EOFException e) {
                assertThat(e).hasMessageContaining("bzip2");
            }
        }
    }
}
