package io.millrace.runtime.plan;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/**
 * From a key to its key group and to the subtask that owns the group. Pure. State files depend on
 * these functions: they never change.
 */
public final class KeyGroups {
    private KeyGroups() {}

    /**
     * The hash that travels with a record: {@code hashCode}, but by name for enums, also inside
     * tuples, records and collections, since their own hash differs between processes.
     *
     * @throws MillraceException {@code USER_CODE_FAILED} for null, and for what has no stable hash:
     *     arrays, and classes without equality
     */
    public static int hash(Object key) {
        if (key instanceof String || key instanceof Number) {
            return key.hashCode();
        }
        return hashOfOther(key);
    }

    private static int hashOfOther(Object key) {
        if (key == null) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "the key selector returned null. Filter such records out before keyBy, or give"
                            + " them a key of their own.");
        }
        return KeyHash.of(key);
    }

    /** The key group of a key hash: from 0 to {@code maxParallelism - 1}. */
    public static int group(int keyHash, int maxParallelism) {
        return groupOfMixed(murmur(keyHash), maxParallelism);
    }

    /** The same if the hash has gone through {@link #murmur} already. */
    public static int groupOfMixed(int mixed, int maxParallelism) {
        int positive = mixed & Integer.MAX_VALUE;
        // Mostly a power of two, and then a division less.
        int mask = maxParallelism - 1;
        return (maxParallelism & mask) == 0 ? positive & mask : positive % maxParallelism;
    }

    /** The subtask that owns a key group. Groups are spread in order, as evenly as they divide. */
    public static int subtask(int keyGroup, int parallelism, int maxParallelism) {
        return (int) ((long) keyGroup * parallelism / maxParallelism);
    }

    /** The first key group of a subtask. */
    public static int first(int subtask, int parallelism, int maxParallelism) {
        return (int) (((long) subtask * maxParallelism + parallelism - 1) / parallelism);
    }

    /** The last key group of a subtask, inclusive; lower than the first if it has none. */
    public static int last(int subtask, int parallelism, int maxParallelism) {
        return first(subtask + 1, parallelism, maxParallelism) - 1;
    }

    /**
     * The 32-bit finaliser of MurmurHash3 (public domain): every input bit reaches every output
     * bit.
     */
    public static int murmur(int hash) {
        int h = hash;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        h ^= h >>> 16;
        return h;
    }
}
