package io.millrace.batch.shuffle;

import io.millrace.runtime.compress.BlockCompression;
import io.millrace.runtime.compress.BrokenBlockException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A block of a result; the one place that knows its bytes. A block stands for itself, so blocks of
 * a consumer may be moved and put behind each other as they are. Confined to its writer.
 *
 * <pre>
 *  | mark 3 | compression 1 | stored length 4 | raw length 4 | records 4 | CRC32C 4 | stored bytes |
 *    little endian; the checksum is of everything before it and of the stored bytes
 * </pre>
 */
final class BlockFormat {
    static final int HEAD_BYTES = 20;

    /** Chunks of a block together, and so one chunk, are no longer. */
    static final int LARGEST_BLOCK_BYTES = 1 << 30;

    private static final int MARK = 0x52524D; // "MRR"
    private static final int LARGEST_KEPT_BYTES = 1 << 20;
    private static final BlockCompression[] COMPRESSIONS = BlockCompression.values();

    private final BlockCompression compression;
    private byte[] scratch = new byte[0];

    BlockFormat(BlockCompression compression) {
        this.compression = compression;
    }

    /** The whole block of these bytes; stored as they are where compression gains nothing. */
    byte[] seal(byte[] raw, int length, int records) {
        int wanted = HEAD_BYTES + compression.maxBytes(length);
        byte[] into = scratch.length >= wanted ? scratch : new byte[wanted];
        int stored = compression.compress(raw, 0, length, into, HEAD_BYTES);
        byte[] block;
        if (stored < length) {
            block = Arrays.copyOf(into, HEAD_BYTES + stored);
            head(block, compression, length, records);
        } else {
            block = new byte[HEAD_BYTES + length];
            System.arraycopy(raw, 0, block, HEAD_BYTES, length);
            head(block, BlockCompression.NONE, length, records);
        }
        scratch = into.length <= LARGEST_KEPT_BYTES ? into : new byte[0];
        return block;
    }

    private static void head(byte[] block, BlockCompression used, int rawLength, int records) {
        int stored = block.length - HEAD_BYTES;
        ByteBuffer head = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(MARK | used.ordinal() << 24);
        head.putInt(stored).putInt(rawLength).putInt(records);
        head.putInt(sumOf(block, block, HEAD_BYTES, stored));
    }

    private static int sumOf(byte[] head, byte[] stored, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(head, 0, HEAD_BYTES - 4);
        sum.update(stored, from, length);
        return (int) sum.getValue();
    }

    /**
     * The head of a block that is being read; its fields may be damaged until {@link #open} has
     * checked them.
     */
    record Head(byte[] bytes, int storedLength, int rawLength, int records, int checksum) {
        /**
         * @param bytes {@link #HEAD_BYTES}
         * @param left of the range behind the head
         * @throws BadBlockException if this is no head of a block, or it is longer than the range
         */
        static Head of(byte[] bytes, long left) {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int mark = in.getInt();
            if ((mark & 0xFFFFFF) != MARK) {
                throw new BadBlockException("no block begins here: " + Integer.toHexString(mark));
            }
            Head head = new Head(bytes, in.getInt(), in.getInt(), in.getInt(), in.getInt());
            if (head.storedLength < 1 || head.storedLength > left) {
                throw new BadBlockException(
                        "a block of "
                                + head.storedLength
                                + " bytes where "
                                + left
                                + " are left of the range");
            }
            return head;
        }

        /**
         * The chunks of the block. Throws {@link BadBlockException} if it is damaged.
         *
         * @param reusable holds them afterwards if there is room
         */
        ByteBuffer open(byte[] stored, int from, byte[] reusable) {
            int found = sumOf(bytes, stored, from, storedLength);
            if (found != checksum) {
                throw new BadBlockException(
                        String.format(
                                "a block of %d bytes has the checksum %08x in place of %08x",
                                storedLength, found, checksum));
            }
            // From here on it is what the writer wrote.
            int used = bytes[3];
            if (used < 0 || used >= COMPRESSIONS.length || rawLength > LARGEST_BLOCK_BYTES) {
                throw new BadBlockException(
                        "a block of " + rawLength + " bytes with the unknown compression " + used);
            }
            if (COMPRESSIONS[used] == BlockCompression.NONE) {
                return ByteBuffer.wrap(stored, from, storedLength);
            }
            byte[] raw = reusable.length >= rawLength ? reusable : new byte[rawLength];
            try {
                COMPRESSIONS[used].decompress(stored, from, storedLength, raw, rawLength);
            } catch (BrokenBlockException e) {
                throw new BadBlockException(e.getMessage());
            }
            return ByteBuffer.wrap(raw, 0, rawLength);
        }
    }

    /** What is wrong with a block; who reads it says where. */
    static final class BadBlockException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadBlockException(String what) {
            super(what);
        }
    }
}
