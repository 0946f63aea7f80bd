package io.millrace.runtime.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * Damaged bytes for what reads bytes of strangers: bits flipped, lengths replaced by large ones,
 * parts cut, doubled, moved. Seeded, so each failure comes again.
 *
 * <p>Bounded for the tests; {@code -Dmillrace.fuzz=FACTOR} makes it that many times more, with
 * other seeds behind the same first ones.
 */
public final class Fuzz {
    private static final int FACTOR = Integer.getInteger("millrace.fuzz", 1);
    private static final int ROUNDS = 10_000;
    private static final long FREE_ALLOCATION_BYTES = 512 << 10;
    private static final long ALLOCATION_PER_BYTE = 400;
    private static final byte[][] LARGE = {
        {-1, -1, -1, -1, 7}, // the highest int as a varint
        {-1, -1, -1, -1, 15}, // -1
        {-128, -128, -128, -128, 8}, // the lowest int
        {127, -1, -1, -1},
        {-1, -1, -1, 127},
        {0, 0, 0, 0, 0, 0, 0, -128}
    };

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What reads the bytes. */
    public interface Target {
        /** Throws a named error, or returns, in time that the length bounds. */
        void take(byte[] bytes) throws Exception;
    }

    /**
     * Attacks with damaged copies of {@code valid}, which the target has to read without an error.
     *
     * @param named the errors that may come of it; any other fails
     */
    @SafeVarargs
    public final void attack(byte[] valid, Target target, Class<? extends Exception>... named) {
        try {
            target.take(valid.clone());
        } catch (Exception e) {
            throw new AssertionError("refuses what is whole", e);
        }
        int refused = 0;
        for (long seed = 0; seed < (long) ROUNDS * FACTOR; seed++) {
            byte[] bytes = damage(valid, new Random(seed));
            refused += attackOnce(bytes, seed, target, named) ? 1 : 0;
        }
        if (refused == 0) {
            throw new AssertionError("no damage was ever noticed: the attack misses its target");
        }
    }

    private boolean attackOnce(
            byte[] bytes, long seed, Target target, Class<? extends Exception>[] named) {
        byte[] given = bytes.clone();
        long before = threads.getCurrentThreadAllocatedBytes();
        boolean refused = false;
        Throwable unexpected = null;
        try {
            target.take(given);
        } catch (Throwable e) {
            refused = true;
            unexpected = Arrays.stream(named).anyMatch(type -> type.isInstance(e)) ? null : e;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (unexpected != null) {
            throw new AssertionError(
                    "seed " + seed + ": not a named error, for " + HexFormat.of().formatHex(bytes),
                    unexpected);
        }
        if (allocated > FREE_ALLOCATION_BYTES + ALLOCATION_PER_BYTE * bytes.length) {
            throw new AssertionError(
                    "seed "
                            + seed
                            + ": allocated "
                            + allocated
                            + " bytes for "
                            + HexFormat.of().formatHex(bytes));
        }
        return refused;
    }

    private static byte[] damage(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int attacks = 1 + random.nextInt(3); attacks > 0; attacks--) {
            bytes = damageOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] damageOnce(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> {
                byte[] large = LARGE[random.nextInt(LARGE.length)];
                System.arraycopy(large, 0, bytes, at, Math.min(large.length, bytes.length - at));
            }
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                return Arrays.copyOfRange(bytes, at, bytes.length);
            }
            case 5 -> {
                int length = Math.min(1 + random.nextInt(16), bytes.length - at);
                byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                return longer;
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(8, bytes.length - Math.max(at, from));
                System.arraycopy(bytes.clone(), from, bytes, at, length);
            }
        }
        return bytes;
    }
}
