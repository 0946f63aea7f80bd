package io.millrace.connector.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compressed pages, by the libraries themselves, without Hadoop's classes. Stateless. */
final class Codecs {
    /** A page of more must have a size that its compressed bytes make likely. */
    private static final int TRUSTED_BYTES = 64 << 20;

    private static final int MAX_RATIO = 1100;
    static final int ZSTD_LEVEL = 3;

    private Codecs() {}

    static boolean isKnown(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    /** Whether a page may have so many bytes; asked before they are allocated. */
    static boolean isLikely(int compressed, int raw) {
        return raw >= 0 && (raw <= TRUSTED_BYTES || raw / MAX_RATIO <= compressed);
    }

    /**
     * @throws IOException if the bytes are not {@code rawLength} bytes compressed
     */
    static void decompress(
            CompressionCodecName codec,
            byte[] source,
            int from,
            int length,
            byte[] target,
            int targetFrom,
            int rawLength)
            throws IOException {
        long raw =
                switch (codec) {
                    case UNCOMPRESSED -> copy(source, from, length, target, targetFrom, rawLength);
                    case SNAPPY -> snappy(source, from, length, target, targetFrom, rawLength);
                    case GZIP -> gzip(source, from, length, target, targetFrom, rawLength);
                    case ZSTD -> zstd(source, from, length, target, targetFrom, rawLength);
                    case LZ4_RAW -> lz4(source, from, length, target, targetFrom, rawLength);
                    case LZO, BROTLI, LZ4 ->
                            throw new IOException("pages compressed by " + codec + " are not read");
                };
        if (raw != rawLength) {
            throw new IOException(
                    "a page has " + raw + " bytes instead of " + rawLength + " (" + codec + ")");
        }
    }

    private static int copy(byte[] source, int from, int length, byte[] target, int to, int raw) {
        System.arraycopy(source, from, target, to, Math.min(length, raw));
        return length;
    }

    private static int snappy(byte[] source, int from, int length, byte[] target, int to, int raw)
            throws IOException {
        int stated = Snappy.uncompressedLength(source, from, length);
        return stated == raw ? Snappy.uncompress(source, from, length, target, to) : stated;
    }

    private static int gzip(byte[] source, int from, int length, byte[] target, int to, int raw)
            throws IOException {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(source, from, length), 4096)) {
            int read = in.readNBytes(target, to, raw);
            return in.read() < 0 ? read : read + 1;
        }
    }

    private static long zstd(byte[] source, int from, int length, byte[] target, int to, int raw)
            throws IOException {
        if (raw == 0) {
            return 0;
        }
        long size = Zstd.decompressByteArray(target, to, raw, source, from, length);
        if (Zstd.isError(size)) {
            throw new IOException("Zstandard: " + Zstd.getErrorName(size));
        }
        return size;
    }

    private static int lz4(byte[] source, int from, int length, byte[] target, int to, int raw)
            throws IOException {
        try {
            return LZ4Factory.fastestInstance()
                    .safeDecompressor()
                    .decompress(source, from, length, target, to, raw);
        } catch (LZ4Exception e) {
            throw new IOException("LZ4: " + e.getMessage(), e);
        }
    }

    /** The most bytes that so many become; 0 where no room is needed for them. */
    static int room(CompressionCodecName codec, int length) {
        long room =
                switch (codec) {
                    case SNAPPY -> Snappy.maxCompressedLength(length);
                    case ZSTD -> Zstd.compressBound(length);
                    case LZ4_RAW ->
                            LZ4Factory.fastestInstance()
                                    .fastCompressor()
                                    .maxCompressedLength(length);
                    default -> 0;
                };
        return Math.toIntExact(room);
    }

    /**
     * @param level of Zstandard
     * @param room at least as long as {@link #room} says
     * @return an array of its own
     */
    static byte[] compress(
            CompressionCodecName codec, int level, byte[] raw, int from, int length, byte[] room)
            throws IOException {
        return switch (codec) {
            case UNCOMPRESSED -> part(raw, from, length);
            case SNAPPY -> part(room, 0, Snappy.compress(raw, from, length, room, 0));
            case ZSTD -> {
                long size = Zstd.compressByteArray(room, 0, room.length, raw, from, length, level);
                if (Zstd.isError(size)) {
                    throw new IOException("Zstandard: " + Zstd.getErrorName(size));
                }
                yield part(room, 0, (int) size);
            }
            case LZ4_RAW -> {
                LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
                yield part(room, 0, compressor.compress(raw, from, length, room, 0, room.length));
            }
            case GZIP -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                    out.write(raw, from, length);
                }
                yield bytes.toByteArray();
            }
            case LZO, BROTLI, LZ4 ->
                    throw new IOException("pages are not compressed by " + codec + " here");
        };
    }

    /** At least so long, the first bytes as they are only if the array is long enough. */
    static byte[] atLeast(byte[] array, int length) {
        return array.length >= length
                ? array
                : new byte[Math.max(length, Math.min(2 * array.length, TRUSTED_BYTES))];
    }

    /** A copy of a part of an array. */
    static byte[] part(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }
}
