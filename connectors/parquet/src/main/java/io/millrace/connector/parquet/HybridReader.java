package io.millrace.connector.parquet;

import java.util.Arrays;

/**
 * Reads runs of small numbers, repeated or bit-packed, as levels and dictionary positions are
 * written. Confined to its task.
 *
 * <pre>
 * run := varint count &lt;&lt; 1      | value in as few bytes as the width needs
 *      | varint groups &lt;&lt; 1 | 1 | 8 values a group, packed from the lowest bit on
 * </pre>
 */
/* A packed value is taken out of the eight bytes that it begins in; so arrays have eight bytes more
 * than are used. */
final class HybridReader {
    /** Bytes that every array has behind its last used one. */
    static final int PADDING_BYTES = 8;

    private byte[] bytes;
    private int at;
    private int end;
    private int width;
    private int mask;

    /** Values left of the current run. */
    private int left;

    private boolean packed;
    private int repeated;

    /** In bits from the beginning of the array, of the next packed value. */
    private long nextBit;

    /**
     * @param to behind the last byte of the runs; the array is longer by the padding
     * @param bitWidth of each value, 0 to 32
     */
    void reset(byte[] array, int from, int to, int bitWidth) {
        if (bitWidth < 0 || bitWidth > 32) {
            throw new IllegalStateException("numbers of " + bitWidth + " bits");
        }
        if (from < 0 || from > to || to + PADDING_BYTES > array.length) {
            throw new IllegalStateException("runs from " + from + " to " + to);
        }
        bytes = array;
        at = from;
        end = to;
        width = bitWidth;
        mask = bitWidth == 32 ? -1 : (1 << bitWidth) - 1;
        left = 0;
    }

    void read(int[] target, int from, int count) {
        if (width == 0) {
            Arrays.fill(target, from, from + count, 0);
            return;
        }
        int to = from + count;
        int next = from;
        while (next < to) {
            if (left == 0) {
                nextRun();
            }
            int n = Math.min(left, to - next);
            if (packed) {
                unpack(target, next, n);
            } else {
                Arrays.fill(target, next, next + n, repeated);
            }
            next += n;
            left -= n;
        }
    }

    private void unpack(int[] target, int from, int count) {
        requireBits(count);
        byte[] array = bytes;
        long bit = nextBit;
        for (int i = from; i < from + count; i++) {
            target[i] = (int) (LittleEndian.longAt(array, (int) (bit >>> 3)) >>> (bit & 7)) & mask;
            bit += width;
        }
        nextBit = bit;
    }

    /**
     * Reads numbers of one bit: whether each of the values is there.
     *
     * @return how many are
     */
    int readPresent(boolean[] absent, int from, int count) {
        int present = 0;
        int to = from + count;
        int next = from;
        while (next < to) {
            if (left == 0) {
                nextRun();
            }
            int n = Math.min(left, to - next);
            if (packed) {
                present += unpackPresent(absent, next, n);
            } else {
                Arrays.fill(absent, next, next + n, repeated == 0);
                present += repeated == 0 ? 0 : n;
            }
            next += n;
            left -= n;
        }
        return present;
    }

    private int unpackPresent(boolean[] absent, int from, int count) {
        requireBits(count);
        long bit = nextBit;
        int present = 0;
        for (int i = from; i < from + count; i++, bit++) {
            int one = bytes[(int) (bit >>> 3)] >>> (bit & 7) & 1;
            absent[i] = one == 0;
            present += one;
        }
        nextBit = bit;
        return present;
    }

    private void requireBits(int count) {
        if (nextBit + (long) count * width > (long) end << 3) {
            throw new IllegalStateException("a run of packed numbers ends behind the page");
        }
    }

    private void nextRun() {
        int header = varint();
        packed = (header & 1) == 1;
        if (packed) {
            int groups = header >>> 1;
            long bytesOfRun = (long) groups * width;
            nextBit = (long) at << 3;
            // The last run may be cut behind its last value; what is used of it is checked.
            left = (int) Math.min(Integer.MAX_VALUE, groups * 8L);
            at = (int) Math.min(end, at + bytesOfRun);
            return;
        }
        left = header >>> 1;
        int size = (width + 7) >>> 3;
        if (size > end - at) {
            throw new IllegalStateException("a run of equal numbers ends behind the page");
        }
        repeated = LittleEndian.intAt(bytes, at) & (size == 4 ? -1 : (1 << 8 * size) - 1);
        at += size;
        if ((repeated & ~mask) != 0) {
            throw new IllegalStateException(
                    "a number of more than " + width + " bits: " + repeated);
        }
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at >= end) {
                throw new IllegalStateException("there are fewer numbers than values");
            }
            byte b = bytes[at++];
            value |= (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a run without a length");
    }
}
