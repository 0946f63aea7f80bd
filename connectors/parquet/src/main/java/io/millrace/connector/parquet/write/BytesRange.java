package io.millrace.connector.parquet.write;

import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/** The least and the greatest of runs of bytes in an array, as unsigned bytes. Confined. */
/* Texts of a column often begin alike, and hardly any is the least or greatest so far. What begins as both of
 * those do, and whose next eight bytes are between theirs, is neither: most values cost a few comparisons of
 * eight bytes. Where fewer than eight follow, zeros stand for those that are missing: what differs then has
 * the order of the values, and what does not is compared. */
final class BytesRange {
    private static final int NONE = -1;

    private final byte[] bytes;
    private int least;
    private int leastLength = NONE;
    private int greatest;
    private int greatestLength = NONE;

    /** Bytes that both begin with; or {@link #NONE} before there is any. */
    private int alike = NONE;

    private long leastWord; // behind those
    private long greatestWord;

    BytesRange(byte[] bytes) {
        this.bytes = bytes;
    }

    void add(int at, int length) {
        if (alike < 0 || length < alike || !isBetween(at, length)) {
            compare(at, length);
        }
    }

    private boolean isBetween(int at, int length) {
        int i = 0;
        for (; i + Long.BYTES <= alike; i += Long.BYTES) {
            if (PageBytes.longAt(bytes, at + i) != PageBytes.longAt(bytes, least + i)) {
                return false;
            }
        }
        if (i < alike && word(at + i, alike - i) != word(least + i, alike - i)) {
            return false;
        }
        long word = word(at + alike, length - alike);
        return word > leastWord && word < greatestWord;
    }

    /** The first eight bytes as a number in their order, with zeros for those that are missing. */
    private long word(int at, int length) {
        if (at + Long.BYTES > bytes.length) {
            return lastWord(at, length);
        }
        long word = PageBytes.longAt(bytes, at);
        if (length < Long.BYTES) {
            word &= (1L << Byte.SIZE * length) - 1;
        }
        return Long.reverseBytes(word) ^ Long.MIN_VALUE;
    }

    /** Of bytes so near the end of the array that eight cannot be read at once. */
    private long lastWord(int at, int length) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << Byte.SIZE | (i < length ? bytes[at + i] & 0xFF : 0);
        }
        return word ^ Long.MIN_VALUE;
    }

    private void compare(int at, int length) {
        boolean first = leastLength < 0;
        boolean less = first || compare(at, length, least, leastLength) < 0;
        boolean greater = first || compare(at, length, greatest, greatestLength) > 0;
        if (less) {
            least = at;
            leastLength = length;
        }
        if (greater) {
            greatest = at;
            greatestLength = length;
        }
        if (less || greater) {
            lookAtBoth();
        }
    }

    private void lookAtBoth() {
        int most = Math.min(leastLength, greatestLength);
        int differs = Arrays.mismatch(bytes, least, least + most, bytes, greatest, greatest + most);
        alike = differs < 0 ? most : differs;
        leastWord = word(least + alike, leastLength - alike);
        greatestWord = word(greatest + alike, greatestLength - alike);
    }

    /**
     * As {@code Arrays.compareUnsigned} of two ranges of the same bytes; texts are so short that
     * eight bytes at a time are faster.
     */
    private int compare(int left, int leftLength, int right, int rightLength) {
        int common = Math.min(leftLength, rightLength);
        int i = 0;
        for (; i + Long.BYTES <= common; i += Long.BYTES) {
            long one = PageBytes.longAt(bytes, left + i);
            long other = PageBytes.longAt(bytes, right + i);
            if (one != other) {
                return Long.compareUnsigned(Long.reverseBytes(one), Long.reverseBytes(other));
            }
        }
        for (; i < common; i++) {
            int difference = (bytes[left + i] & 0xFF) - (bytes[right + i] & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return leftLength - rightLength;
    }

    /** Of those that were added, at least one. */
    Binary least() {
        return Binary.fromReusedByteArray(bytes, least, leastLength);
    }

    Binary greatest() {
        return Binary.fromReusedByteArray(bytes, greatest, greatestLength);
    }
}
