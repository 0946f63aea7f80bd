package io.millrace.api.source;

import java.util.Random;

/**
 * Fast random numbers for generated data: Marsaglia's xorshift of 64 bits, by 21, 35 and 4 (G.
 * Marsaglia, Xorshift RNGs, 2003). Not for secrets. Not thread-safe.
 */
public class XORShiftRandom extends Random {
    private static final long serialVersionUID = 1L;

    private long state;

    /** Seeded by the clock. */
    public XORShiftRandom() {
        this(System.nanoTime());
    }

    public XORShiftRandom(long input) {
        super(input);
        this.state = spread(input);
    }

    @Override
    public synchronized void setSeed(long seed) {
        super.setSeed(seed);
        state = spread(seed);
    }

    /** Neighbouring seeds begin far apart; never 0, which would stay 0. */
    private static long spread(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return z == 0 ? 1 : z;
    }

    @Override
    public int next(int bits) {
        long next = state;
        next ^= next << 21;
        next ^= next >>> 35;
        next ^= next << 4;
        state = next;
        return (int) (next & ((1L << bits) - 1));
    }
}
