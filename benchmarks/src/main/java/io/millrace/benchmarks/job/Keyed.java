package io.millrace.benchmarks.job;

/**
 * Keys and values of the keyed workloads. All records of a key carry the same value, so that the
 * running sums of a key are the same whatever the order in which its records arrive. Pure.
 */
public final class Keyed {
    private Keyed() {}

    /**
     * @param keys a power of two
     */
    public static long key(long number, long keys) {
        return Mix.of(number) & keys - 1;
    }

    public static long value(long key) {
        return 1 + (key & 7);
    }

    public static long checksum(long key, long sum) {
        return key * 0x9e3779b97f4a7c15L ^ sum;
    }

    public static long checksum(String word, long count) {
        return word.hashCode() * 0x9e3779b97f4a7c15L ^ count;
    }
}
