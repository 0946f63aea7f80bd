package io.millrace.batch.shuffle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Where the ranges of a result are in its data file; the one place that knows the bytes of an index
 * file. Immutable.
 *
 * <pre>
 *  | offset 8 | raw bytes 8 | stored bytes 8 |   for each range, big endian, then CRC32 of that as 8
 * </pre>
 */
/* These are the bytes that the shuffle service of a NodeManager reads, so that it can serve a result when
 * its worker has gone. The worker itself keeps it in memory: 16 bytes for each range.
 */
final class ResultIndex {
    private static final int ENTRY_BYTES = 24;
    private static final int CHECKSUM_BYTES = 8;

    // One more than ranges: the end of the last one.
    private final long[] offsets;
    private final long[] rawBytes;

    /**
     * @param offsets of the ranges, and the end of the last one; handed over
     * @param rawBytes of the ranges without compression; handed over
     */
    ResultIndex(long[] offsets, long[] rawBytes) {
        this.offsets = offsets;
        this.rawBytes = rawBytes;
    }

    int ranges() {
        return rawBytes.length;
    }

    long offset(int range) {
        return offsets[range];
    }

    long bytes(int range) {
        return offsets[range + 1] - offsets[range];
    }

    long rawBytes(int range) {
        return rawBytes[range];
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(ranges() * ENTRY_BYTES + CHECKSUM_BYTES);
        for (int range = 0; range < ranges(); range++) {
            out.putLong(offset(range)).putLong(rawBytes(range)).putLong(bytes(range));
        }
        out.putLong(checksum(out.array(), out.position()));
        return out.array();
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return sum.getValue();
    }

    /**
     * Reads what {@link #toBytes} gave.
     *
     * @param file for messages
     * @throws IOException if the bytes are damaged, naming the file and the offset
     */
    static ResultIndex of(byte[] bytes, Path file) throws IOException {
        int ranges = (bytes.length - CHECKSUM_BYTES) / ENTRY_BYTES;
        int entries = ranges * ENTRY_BYTES;
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (ranges < 1
                || bytes.length != entries + CHECKSUM_BYTES
                || in.getLong(entries) != checksum(bytes, entries)) {
            throw new IOException(
                    "index "
                            + file
                            + " of "
                            + bytes.length
                            + " bytes is damaged: the checksum at offset "
                            + entries
                            + " is not that of its "
                            + ranges
                            + " ranges");
        }
        long[] offsets = new long[ranges + 1];
        long[] rawBytes = new long[ranges];
        for (int range = 0; range < ranges; range++) {
            offsets[range] = in.getLong();
            rawBytes[range] = in.getLong();
            offsets[range + 1] = offsets[range] + in.getLong();
        }
        return new ResultIndex(offsets, rawBytes);
    }
}
