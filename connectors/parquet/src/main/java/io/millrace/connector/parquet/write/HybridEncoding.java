package io.millrace.connector.parquet.write;

/**
 * Small numbers as runs of equal ones and groups of eight that are packed bit by bit (RLE and
 * bit-packing hybrid). Stateless.
 */
final class HybridEncoding {
    /** A shorter run is packed with its neighbours. */
    private static final int MIN_RUN = 8;

    private HybridEncoding() {}

    /** Bits of the largest number, which may be 0. */
    static int widthOf(int largest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
    }

    /**
     * @param width bits of each number, 0 to 32
     */
    static void write(int[] numbers, int count, int width, PageBytes out) {
        if (width == 0) {
            if (count > 0) {
                writeRun(0, count, 0, out);
            }
            return;
        }
        int packedFrom = 0;
        int at = 0;
        while (at < count) {
            int number = numbers[at];
            int end = at + 1;
            while (end < count && numbers[end] == number) {
                end++;
            }
            // The last group of eight before a run is filled up from it.
            int filling = packedFrom - at & 7;
            if (end - at - filling >= MIN_RUN) {
                writePacked(numbers, packedFrom, at + filling, width, out);
                writeRun(number, end - at - filling, width, out);
                packedFrom = end;
            }
            at = end;
        }
        writePacked(numbers, packedFrom, count, width, out);
    }

    /** One run: of levels that are all the same. */
    static void writeRun(int number, int count, int width, PageBytes out) {
        out.putVarint(count << 1);
        int left = number;
        for (int bits = 0; bits < width; bits += 8) {
            out.putByte(left);
            left >>>= 8;
        }
    }

    private static void writePacked(int[] numbers, int from, int to, int width, PageBytes out) {
        if (from == to) {
            return;
        }
        int groups = (to - from + 7) >>> 3;
        out.putVarint(groups << 1 | 1);
        int size = groups * width;
        out.reserve(size + Long.BYTES);
        byte[] target = out.bytes;
        int at = out.length;
        long pending = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            pending |= (numbers[i] & 0xFFFF_FFFFL) << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                PageBytes.setInt(target, at, (int) pending);
                at += Integer.BYTES;
                pending >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        // What is left, and zeros up to a whole group: fewer than 8 numbers of it.
        int end = out.length + size;
        while (at < end) {
            target[at++] = (byte) pending;
            pending >>>= 8;
        }
        out.length = end;
    }
}
