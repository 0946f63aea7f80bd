package io.millrace.runtime.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * How a block of bytes is compressed. Stateless; any thread. The order is part of what is on disk.
 */
public enum BlockCompression {
    NONE {
        @Override
        public int maxBytes(int rawBytes) {
            return rawBytes;
        }

        @Override
        public int compress(byte[] raw, int from, int length, byte[] to, int at) {
            System.arraycopy(raw, from, to, at, length);
            return length;
        }

        @Override
        public void decompress(byte[] stored, int from, int length, byte[] raw, int rawBytes) {
            if (length != rawBytes) {
                throw new BrokenBlockException(
                        length + " bytes stand for " + rawBytes + " without compression", null);
            }
            System.arraycopy(stored, from, raw, 0, length);
        }
    },

    /** Fast at both ends. */
    LZ4 {
        @Override
        public int maxBytes(int rawBytes) {
            return lz4().fastCompressor().maxCompressedLength(rawBytes);
        }

        @Override
        public int compress(byte[] raw, int from, int length, byte[] to, int at) {
            return lz4().fastCompressor().compress(raw, from, length, to, at, to.length - at);
        }

        @Override
        public void decompress(byte[] stored, int from, int length, byte[] raw, int rawBytes) {
            int got;
            try {
                got = lz4().safeDecompressor().decompress(stored, from, length, raw, 0, rawBytes);
            } catch (LZ4Exception e) {
                throw new BrokenBlockException("LZ4: " + e.getMessage(), e);
            }
            requireWhole(got, rawBytes);
        }
    },

    /** Smaller than LZ4 at three to five times the CPU. */
    ZSTD {
        @Override
        public int maxBytes(int rawBytes) {
            return Math.toIntExact(Zstd.compressBound(rawBytes));
        }

        @Override
        public int compress(byte[] raw, int from, int length, byte[] to, int at) {
            long stored =
                    Zstd.compressByteArray(
                            to, at, to.length - at, raw, from, length, ZSTD_LEVEL, false);
            if (Zstd.isError(stored)) {
                throw new IllegalStateException(
                        "Zstd cannot compress " + length + " bytes: " + Zstd.getErrorName(stored));
            }
            return (int) stored;
        }

        @Override
        public void decompress(byte[] stored, int from, int length, byte[] raw, int rawBytes) {
            long got;
            try {
                got = Zstd.decompressByteArray(raw, 0, rawBytes, stored, from, length);
            } catch (ZstdException e) {
                throw new BrokenBlockException("Zstd: " + e.getMessage(), e);
            }
            if (Zstd.isError(got)) {
                throw new BrokenBlockException("Zstd: " + Zstd.getErrorName(got), null);
            }
            requireWhole(got, rawBytes);
        }
    };

    // Its fastest: what is written here is read once, soon.
    private static final int ZSTD_LEVEL = 1;

    /** The most that so many bytes become. */
    public abstract int maxBytes(int rawBytes);

    /**
     * @param to has room for {@link #maxBytes} behind {@code at}
     * @return how many bytes were written
     */
    public abstract int compress(byte[] raw, int from, int length, byte[] to, int at);

    /**
     * @param raw is filled to its end
     * @throws BrokenBlockException if the bytes are not what {@link #compress} wrote
     */
    public final void decompress(byte[] stored, int from, int length, byte[] raw) {
        decompress(stored, from, length, raw, raw.length);
    }

    /**
     * @param raw is filled from its beginning
     * @param rawBytes how far; there is room for them
     * @throws BrokenBlockException if the bytes are not what {@link #compress} wrote
     */
    public abstract void decompress(byte[] stored, int from, int length, byte[] raw, int rawBytes);

    /** The native code where the class loader may load it, else Java. */
    private static LZ4Factory lz4() {
        return LZ4Factory.fastestInstance();
    }

    private static void requireWhole(long got, int wanted) {
        if (got != wanted) {
            throw new BrokenBlockException(
                    "a block has " + got + " bytes in place of " + wanted, null);
        }
    }
}
