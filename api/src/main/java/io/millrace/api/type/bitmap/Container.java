package io.millrace.api.type.bitmap;

import java.util.Arrays;
import java.util.function.LongBinaryOperator;

/**
 * Numbers from 0 to 65,535: a sorted array, or, if they are many, a bit for each. Immutable, but
 * for {@link #with} and {@link #without}, whose receiver is not to be used any more.
 */
final class Container {
    /** More are kept as bits. */
    static final int MAX_ARRAY = 4_096;

    static final int BITS = 1 << 16;
    private static final int WORDS = BITS / Long.SIZE;

    static final Container EMPTY = new Container(new char[0], null, 0);

    private final char[] array; // null if there are bits; only the first are in use
    private final long[] bits; // null if there is an array
    private final int size;

    private Container(char[] array, long[] bits, int size) {
        this.array = array;
        this.bits = bits;
        this.size = size;
    }

    /**
     * @param sorted without doubles; belongs to the container afterwards
     */
    static Container of(char[] sorted) {
        return sorted.length <= MAX_ARRAY
                ? new Container(sorted, null, sorted.length)
                : ofBits(bitsOf(sorted, sorted.length));
    }

    /**
     * @param bits belong to the container afterwards
     */
    static Container ofBits(long[] bits) {
        int size = 0;
        for (long word : bits) {
            size += Long.bitCount(word);
        }
        Container container = new Container(null, bits, size);
        return size > MAX_ARRAY ? container : new Container(container.toArray(), null, size);
    }

    static Container range(int first, int count) {
        long[] bits = new long[WORDS];
        for (int i = first; i < first + count; i++) {
            bits[i >>> 6] |= 1L << i;
        }
        return ofBits(bits);
    }

    private static long[] bitsOf(char[] values, int size) {
        long[] bits = new long[WORDS];
        for (int i = 0; i < size; i++) {
            bits[values[i] >>> 6] |= 1L << values[i];
        }
        return bits;
    }

    /** For reading only. */
    long[] bits() {
        return bits == null ? bitsOf(array, size) : bits;
    }

    int size() {
        return size;
    }

    Container copy() {
        return bits == null
                ? new Container(toArray(), null, size)
                : new Container(null, bits.clone(), size);
    }

    /** Null if it is empty. */
    Container orNull() {
        return size == 0 ? null : this;
    }

    boolean contains(int value) {
        return bits == null
                ? Arrays.binarySearch(array, 0, size, (char) value) >= 0
                : (bits[value >>> 6] & 1L << value) != 0;
    }

    Container with(int value) {
        if (bits != null) {
            if (contains(value)) {
                return this;
            }
            bits[value >>> 6] |= 1L << value;
            return new Container(null, bits, size + 1);
        }
        int at = -1 - Arrays.binarySearch(array, 0, size, (char) value);
        if (at < 0) {
            return this;
        }
        if (size == MAX_ARRAY) {
            return new Container(null, bitsOf(array, size), size).with(value);
        }
        char[] grown =
                size < array.length
                        ? array
                        : Arrays.copyOf(array, Math.min(MAX_ARRAY, Math.max(4, size * 2)));
        System.arraycopy(grown, at, grown, at + 1, size - at);
        grown[at] = (char) value;
        return new Container(grown, null, size + 1);
    }

    Container without(int value) {
        if (!contains(value)) {
            return this;
        }
        if (bits != null) {
            bits[value >>> 6] &= ~(1L << value);
            return size - 1 > MAX_ARRAY ? new Container(null, bits, size - 1) : ofBits(bits);
        }
        int at = Arrays.binarySearch(array, 0, size, (char) value);
        System.arraycopy(array, at + 1, array, at, size - at - 1);
        return new Container(array, null, size - 1);
    }

    Container and(Container other) {
        return combined(other, (a, b) -> a & b);
    }

    Container or(Container other) {
        return combined(other, (a, b) -> a | b);
    }

    Container xor(Container other) {
        return combined(other, (a, b) -> a ^ b);
    }

    Container andNot(Container other) {
        return combined(other, (a, b) -> a & ~b);
    }

    private Container combined(Container other, LongBinaryOperator operator) {
        long[] mine = bits();
        long[] theirs = other.bits();
        long[] result = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            result[i] = operator.applyAsLong(mine[i], theirs[i]);
        }
        return ofBits(result);
    }

    /** A copy. */
    char[] toArray() {
        if (bits == null) {
            return Arrays.copyOf(array, size);
        }
        char[] values = new char[size];
        int next = 0;
        for (int i = 0; i < WORDS; i++) {
            for (long word = bits[i]; word != 0; word &= word - 1) {
                values[next++] = (char) (i << 6 | Long.numberOfTrailingZeros(word));
            }
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Container that
                && size == that.size
                && Arrays.equals(toArray(), that.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toArray());
    }
}
