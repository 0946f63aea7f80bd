package io.millrace.savepoint;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Checksums as manifests have them: CRC32C as eight hexadecimal digits. Pure. */
final class Crc {
    private Crc() {}

    static String text(int crc) {
        return HexFormat.of().toHexDigits(crc);
    }

    /**
     * @throws IllegalArgumentException if it is no checksum
     */
    static int parse(String text) {
        return HexFormat.fromHexDigits(text);
    }

    static int of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
