package io.millrace.batch.sort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ranges of keys: the first one ends where the second one begins, and so on. Keys that compare as
 * equal are in one range. Confined to its owner.
 */
/* The beginnings are written as bytes once, a key that is looked for too; its first eight bytes mostly
 * decide. Only where bytes do not, keys are compared themselves.
 */
public final class KeyRanges {
    private final KeyNormalizer<Object> keys;
    private final KeyWriter writer = new KeyWriter();
    private final List<Object> beginnings = new ArrayList<>();
    // Of the beginnings; with the highest bit turned over, so that signed numbers are in order.
    private final long[] prefixes;
    private final byte[][] rests;
    private final boolean[] undecided;

    /**
     * @param beginnings where the second range and all behind begin, in ascending order
     */
    public KeyRanges(KeyNormalizer<Object> keys, List<?> beginnings) {
        this.keys = keys;
        this.beginnings.addAll(beginnings);
        int count = beginnings.size();
        this.prefixes = new long[count];
        this.rests = new byte[count][];
        this.undecided = new boolean[count];
        for (int i = 0; i < count; i++) {
            write(beginnings.get(i));
            prefixes[i] = writer.prefix() ^ Long.MIN_VALUE;
            int end = KeyWriter.PREFIX_BYTES + writer.restLength();
            rests[i] = Arrays.copyOfRange(writer.array(), KeyWriter.PREFIX_BYTES, end);
            undecided[i] = writer.undecided();
        }
    }

    private void write(Object key) {
        writer.clear();
        keys.write(key, writer);
    }

    /** How many there are: at least 1. */
    public int count() {
        return prefixes.length + 1;
    }

    /** From 0: how many of the beginnings are not behind the key. */
    public int rangeOf(Object key) {
        return prefixes.length == 0 ? 0 : rangeOf(key, prefixes.length);
    }

    private int rangeOf(Object key, int count) {
        write(key);
        long prefix = writer.prefix() ^ Long.MIN_VALUE;
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(key, prefix, middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether the key, which the writer has, is before a beginning. */
    private boolean isBefore(Object key, long prefix, int index) {
        if (prefix != prefixes[index]) {
            return prefix < prefixes[index];
        }
        byte[] rest = rests[index];
        int order =
                Arrays.compareUnsigned(
                        writer.array(),
                        KeyWriter.PREFIX_BYTES,
                        KeyWriter.PREFIX_BYTES + writer.restLength(),
                        rest,
                        0,
                        rest.length);
        if (order == 0 && (undecided[index] || writer.undecided())) {
            order = keys.compare(key, beginnings.get(index));
        }
        return order < 0;
    }

    /** The same for the same ranges in every process, as far as bytes of keys tell. */
    public long fingerprint() {
        long mixed = prefixes.length;
        for (int i = 0; i < prefixes.length; i++) {
            mixed = mixed * 0x9E3779B97F4A7C15L + prefixes[i];
            mixed = mixed * 0x9E3779B97F4A7C15L + Arrays.hashCode(rests[i]);
        }
        return mixed;
    }
}
