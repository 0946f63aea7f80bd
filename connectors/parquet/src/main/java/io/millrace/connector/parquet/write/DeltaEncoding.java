package io.millrace.connector.parquet.write;

/**
 * Whole numbers as differences to the one before, in blocks that are each packed as tightly as
 * their largest difference allows (DELTA_BINARY_PACKED). Stateless but for its room; confined.
 */
/* Differences wrap around in the width of the column, as parquet-java's do, so no number needs more bits than
 * the plain encoding has. */
final class DeltaEncoding {
    private static final int BLOCK = 128;
    private static final int PARTS = 4;
    private static final int PART = BLOCK / PARTS;

    /** Of a block: the least difference, widths, and numbers of 64 bits each. */
    private static final int MOST_BYTES = 10 + PARTS + BLOCK * Long.BYTES;

    private final long[] block = new long[BLOCK];

    void write(int[] numbers, int count, PageBytes out) {
        begin(count, count == 0 ? 0 : numbers[0], out);
        for (int from = 1; from < count; from += BLOCK) {
            int size = Math.min(BLOCK, count - from);
            int least = Integer.MAX_VALUE;
            for (int i = 0; i < size; i++) {
                int difference = numbers[from + i] - numbers[from + i - 1];
                least = Math.min(least, difference);
                block[i] = difference;
            }
            for (int i = 0; i < size; i++) {
                block[i] = (int) block[i] - least & 0xFFFF_FFFFL;
            }
            writeBlock(least, size, out);
        }
    }

    void write(long[] numbers, int count, PageBytes out) {
        begin(count, count == 0 ? 0 : numbers[0], out);
        for (int from = 1; from < count; from += BLOCK) {
            int size = Math.min(BLOCK, count - from);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < size; i++) {
                long difference = numbers[from + i] - numbers[from + i - 1];
                least = Math.min(least, difference);
                block[i] = difference;
            }
            for (int i = 0; i < size; i++) {
                block[i] -= least;
            }
            writeBlock(least, size, out);
        }
    }

    private static void begin(int count, long first, PageBytes out) {
        out.putVarint(BLOCK);
        out.putVarint(PARTS);
        out.putVarint(count);
        putZigzag(first, out);
    }

    private static void putZigzag(long value, PageBytes out) {
        long left = value << 1 ^ value >> 63;
        while ((left & ~0x7FL) != 0) {
            out.putByte((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.putByte((int) left);
    }

    private void writeBlock(long least, int size, PageBytes out) {
        out.reserve(MOST_BYTES);
        putZigzag(least, out);
        for (int i = size; i < BLOCK; i++) {
            block[i] = 0;
        }
        int widths = out.length;
        out.length += PARTS;
        for (int part = 0; part < PARTS; part++) {
            // Parts behind the last number have a width of 0 and no bytes.
            int width = widthOf(part * PART);
            out.bytes[widths + part] = (byte) width;
            out.length = pack(part * PART, width, out.bytes, out.length);
        }
    }

    private int widthOf(int from) {
        long any = 0;
        for (int i = from; i < from + PART; i++) {
            any |= block[i];
        }
        return Long.SIZE - Long.numberOfLeadingZeros(any);
    }

    /** Gives what is behind the packed numbers. */
    private int pack(int from, int width, byte[] target, int begin) {
        if (width == 0) {
            return begin;
        }
        int at = begin;
        long pending = 0;
        int bits = 0;
        for (int i = from; i < from + PART; i++) {
            long number = block[i];
            pending |= number << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                PageBytes.setLong(target, at, pending);
                at += Long.BYTES;
                bits -= Long.SIZE;
                // All of the number is written where no bits are left.
                pending = bits == 0 ? 0 : number >>> width - bits;
            }
        }
        if (bits > 0) {
            PageBytes.setInt(target, at, (int) pending); // 32 numbers fill half a word at least
            at += Integer.BYTES;
        }
        return at;
    }
}
