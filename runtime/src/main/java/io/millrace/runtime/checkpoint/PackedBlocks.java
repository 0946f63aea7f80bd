package io.millrace.runtime.checkpoint;

import io.millrace.runtime.compress.BlockCompression;
import io.millrace.runtime.compress.BrokenBlockException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * How the bytes of a segment lie in a file whose header says that its segments are packed.
 *
 * <pre>
 * segment := block*
 * block   := raw bytes (int, 1 to 262144), stored bytes (int), the stored bytes
 * stored  := LZ4; the raw bytes themselves, if both numbers are equal
 * </pre>
 *
 * Length and checksum of a segment are of what is stored.
 */
/* A block is so small that it and what becomes of it stay in a processor's cache. Content that does not
 * become smaller, such as that of files which are compressed already, is found out by one block in eight. */
final class PackedBlocks {
    static final int MOST_RAW_BYTES = 256 << 10;

    private static final int HEAD_BYTES = 8;

    /** A block that becomes no smaller than this is not worth reading. */
    private static final double WORTH = 15 / 16.0;

    private static final int UNTRIED = 7;

    private PackedBlocks() {}

    /** Packs blocks, one after another. Confined to a snapshot thread. */
    static final class Packer {
        private final byte[] packed =
                new byte[HEAD_BYTES + BlockCompression.LZ4.maxBytes(MOST_RAW_BYTES)];
        private final ByteBuffer head = ByteBuffer.wrap(packed);
        private int untried;

        /** Another content begins. */
        void reset() {
            untried = 0;
        }

        /**
         * @param length at least 1, at most {@link #MOST_RAW_BYTES}
         * @return how many bytes of {@link #bytes} are the block, until the next call
         */
        int pack(byte[] raw, int offset, int length) {
            assert length > 0 && length <= MOST_RAW_BYTES : length;
            int stored = length;
            if (untried > 0) {
                untried--;
            } else {
                stored = BlockCompression.LZ4.compress(raw, offset, length, packed, HEAD_BYTES);
                if (stored > length * WORTH) {
                    stored = length;
                    untried = UNTRIED;
                }
            }
            if (stored == length) {
                System.arraycopy(raw, offset, packed, HEAD_BYTES, length);
            }
            head.putInt(0, length).putInt(4, stored);
            return HEAD_BYTES + stored;
        }

        byte[] bytes() {
            return packed;
        }
    }

    /** What blocks that are not what was written become: says where it is. */
    @FunctionalInterface
    interface Broken {
        /** Never returns. */
        IOException report(String what, Exception cause) throws IOException;
    }

    /**
     * Unpacks a segment. Confined to its reader.
     *
     * <p>The stream beneath hands its last byte out only if all of them are as written, and so does
     * this one, as a block is read to its end before any of it is handed out.
     */
    static final class Unpacked extends FilledStream {
        private final InputStream in;
        private final Broken broken;
        private final byte[] head = new byte[HEAD_BYTES];
        private byte[] stored = {};
        private long handedOut;

        Unpacked(InputStream in, Broken broken) {
            super(new byte[0]);
            this.in = in;
            this.broken = broken;
        }

        @Override
        boolean fill() throws IOException {
            int got = in.readNBytes(head, 0, HEAD_BYTES);
            if (got == 0) {
                return false;
            }
            ByteBuffer numbers = ByteBuffer.wrap(head);
            int rawBytes = numbers.getInt(0);
            int storedBytes = numbers.getInt(4);
            if (got < HEAD_BYTES
                    || rawBytes < 1
                    || rawBytes > MOST_RAW_BYTES
                    || storedBytes < 1
                    || storedBytes > rawBytes) {
                throw broken.report(
                        "a block has " + storedBytes + " bytes that stand for " + rawBytes, null);
            }
            handedOut += limit;
            position = 0;
            limit = 0;
            if (stored.length < storedBytes) {
                stored = new byte[storedBytes];
            }
            if (buffer.length < rawBytes) {
                buffer = new byte[rawBytes];
            }
            boolean packed = storedBytes < rawBytes;
            if (in.readNBytes(packed ? stored : buffer, 0, storedBytes) < storedBytes) {
                throw broken.report("a block ends early", new EOFException());
            }
            if (packed) {
                unpack(storedBytes, rawBytes);
            }
            limit = rawBytes;
            return true;
        }

        private void unpack(int storedBytes, int rawBytes) throws IOException {
            try {
                BlockCompression.LZ4.decompress(stored, 0, storedBytes, buffer, rawBytes);
            } catch (BrokenBlockException e) {
                throw broken.report(
                        "the block behind the first "
                                + handedOut
                                + " bytes of content cannot be unpacked: "
                                + e.getMessage(),
                        e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
