package io.millrace.api.type.bitmap;

import io.millrace.api.type.TypeInfo;

/**
 * A set of numbers of 32 bits, taken as unsigned: {@code -1} is the greatest. Not thread-safe;
 * equal to one with the same numbers.
 */
@TypeInfo(BitmapTypeInfoFactory.class)
public interface Bitmap {
    static Bitmap empty() {
        return new Containers();
    }

    static Bitmap fromArray(int[] values) {
        Bitmap bitmap = empty();
        bitmap.addN(values, 0, values.length);
        return bitmap;
    }

    /** A copy. */
    static Bitmap from(Bitmap other) {
        Bitmap bitmap = empty();
        bitmap.or(other);
        return bitmap;
    }

    /**
     * What {@link #toBytes} gave, or another program wrote in the portable form of Roaring bitmaps.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Bitmap fromBytes(byte[] bytes) {
        return RoaringBytes.read(bytes);
    }

    void add(int value);

    /**
     * @param rangeStart the first number, from 0
     * @param rangeEnd the one behind the last, at most 2³²
     */
    void add(long rangeStart, long rangeEnd);

    /** Adds {@code n} of the values. */
    void addN(int[] values, int offset, int n);

    void remove(int value);

    boolean contains(int value);

    void clear();

    boolean isEmpty();

    /**
     * How many numbers there are.
     *
     * @throws ArithmeticException if that is no {@code int}; see {@link #getLongCardinality}
     */
    int getCardinality();

    long getLongCardinality();

    /** Leaves what is in {@code other} as well. */
    void and(Bitmap other);

    /** Adds what is in {@code other}. */
    void or(Bitmap other);

    /** Leaves what is in one of the two. */
    void xor(Bitmap other);

    /** Takes out what is in {@code other}. */
    void andNot(Bitmap other);

    /** The numbers, from the least unsigned one. */
    int[] toArray();

    /** In the portable form of Roaring bitmaps. */
    byte[] toBytes();
}
