package io.millrace.benchmarks.batch;

/** Rows that each engine makes of the same numbers, and checksums of what comes of them. Pure. */
public final class Rows {
    /** Scatters numbers in a row over all keys; such that it can be said in SQL too. */
    public static final long FACTOR = 0x9e3779b97f4a7c15L;

    public static final int VALUES = 1024;

    private Rows() {}

    /** The key of a row, from 0 to {@code keys - 1}. */
    public static long key(long row, long keys) {
        long scattered = row * FACTOR;
        return Math.floorMod(scattered ^ (scattered >>> 32), keys);
    }

    public static long value(long row) {
        return row & (VALUES - 1);
    }

    /** What the second input says of a key. */
    public static long attribute(long key) {
        return key * 7 + 3;
    }

    /** To be given to a tally, which mixes it. */
    public static long ofSum(long key, long sum, long count) {
        return (key * 2 + 1) * (sum * 3 + count);
    }

    /** To be given to a tally, which mixes it. */
    public static long ofPair(long key, long value, long attribute) {
        return (value * 2 + 1) * (attribute * 3 + key);
    }
}
