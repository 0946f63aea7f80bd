package io.millrace.benchmarks.job;

/** Bits from bits, so that numbers in a row become keys in no order. Pure. */
public final class Mix {
    private Mix() {}

    /** The finaliser of SplitMix64 (public domain): a bijection. */
    public static long of(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
