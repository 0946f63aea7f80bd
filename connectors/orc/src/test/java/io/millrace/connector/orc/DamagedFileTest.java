package io.millrace.connector.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.orc.CompressionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedFileTest {
    @TempDir Path work;

    /** The columns that a reader takes. */
    public record Some(long id, String city, java.math.BigDecimal price) {}

    @ParameterizedTest
    @EnumSource(names = {"NONE", "ZLIB"})
    void aBitThatWasFlippedInThePostscriptEndsInRowsOrAnErrorThatNamesTheFile(CompressionKind kind)
            throws IOException {
        byte[] whole = write(120, kind);
        int errors = 0;
        int postscript = whole.length - 1 - whole[whole.length - 1];
        for (int bit = 8 * postscript; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                read(damaged);
            } catch (MillraceException e) {
                assertThat(e.code())
                        .as("bit %d: %s", bit, e)
                        .isIn(ErrorCode.INPUT_MALFORMED, ErrorCode.SCHEMA_INCOMPATIBLE);
                assertThat(e).hasMessageContaining("memory");
                errors++;
            }
        }
        assertThat(errors).isPositive();
    }

    @Test
    void aFileThatWasCutAnywhereIsNamed() throws IOException {
        byte[] whole = write(120, CompressionKind.ZLIB);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageStartingWith(ErrorCode.INPUT_MALFORMED + ": memory");
        }
    }

    @Test
    void aDamagedStripeIsNamedWithItsPlace() throws IOException {
        byte[] whole = write(120, CompressionKind.ZLIB);
        Arrays.fill(whole, 3, whole.length / 3, (byte) 0xFF);
        assertThatThrownBy(() -> read(whole))
                .hasMessageStartingWith("INPUT_MALFORMED: memory")
                .hasMessageContaining("the stripe at byte 3 cannot be decoded behind row 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ORC", "a,b,c\n1,2,3\n", "ORC....ORC"})
    void whatIsNoOrcFileIsNamed(String content) {
        assertThatThrownBy(() -> read(content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(ErrorCode.INPUT_MALFORMED + ": memory");
    }

    @Test
    void whatTheFileSystemCannotReadIsNoDamage() throws IOException {
        byte[] whole = write(120, CompressionKind.ZLIB);
        FileBytes bytes = new FileBytes(new MemoryFile(whole), whole.length, "memory");
        long stripeEnd = 3 + Footer.read(bytes, "memory").stripes().get(0).getLength();
        FSDataInputStream failing =
                new MemoryFile(whole) {
                    @Override
                    public void seek(long desired) throws IOException {
                        if (desired < stripeEnd) {
                            throw new IOException("the DataNode is gone");
                        }
                        super.seek(desired);
                    }
                };
        assertThatThrownBy(() -> read(failing, whole.length))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("the DataNode is gone");
    }

    private byte[] write(int rows, CompressionKind kind) throws IOException {
        Path path = work.resolve("a.orc");
        WrittenFile.write(path, rows, 1_000, kind);
        return Files.readAllBytes(path);
    }

    private static List<Some> read(byte[] bytes) throws IOException {
        return read(new MemoryFile(bytes), bytes.length);
    }

    private static List<Some> read(FSDataInputStream file, long length) throws IOException {
        List<Some> records = new ArrayList<>();
        try (StripeScan<Some> scan =
                StripeScan.open(
                        new FileBytes(file, length, "memory"),
                        0,
                        length,
                        new ObjectShape<>(Some.class),
                        "memory")) {
            while (scan.hasNext()) {
                records.add(scan.next());
            }
        }
        return records;
    }

    /** A file that is only bytes. */
    private static class MemoryFile extends FSDataInputStream {
        private final byte[] bytes;
        private int at;

        MemoryFile(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void seek(long desired) throws IOException {
            if (desired < 0 || desired > bytes.length) {
                throw new EOFException("cannot go to byte " + desired);
            }
            at = (int) desired;
        }

        @Override
        public long getPos() {
            return at;
        }

        @Override
        public int read() {
            return at < bytes.length ? bytes[at++] & 0xFF : -1;
        }

        /** A few bytes at a time, as files on other machines give them. */
        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (at == bytes.length) {
                return -1;
            }
            int n = Math.min(Math.min(length, 1 + length / 2), bytes.length - at);
            System.arraycopy(bytes, at, target, offset, n);
            at += n;
            return n;
        }
    }
}
