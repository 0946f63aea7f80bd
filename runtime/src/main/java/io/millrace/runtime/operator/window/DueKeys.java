package io.millrace.runtime.operator.window;

import java.util.Arrays;
import java.util.TreeMap;

/** Which keys are to be looked at when, as lists of keys by time. Confined to the task. */
/* A key is appended to one list, that of the next time at which its row has something to do; only if
 * that becomes earlier does it stand in two, and the later place is found to be in vain. There is
 * nothing to search and nothing to delete, a key costs eight bytes, and what is due at a time is
 * looked up in blocks, whose cache misses are waited for together.
 */
final class DueKeys {
    private static final int FIRST_KEYS = 16;

    private final TreeMap<Long, Keys> byTime = new TreeMap<>();

    // The list that was used last.
    private long lastTime;
    private Keys last;
    private int size;

    /** Those of one time, in the order in which they were added. */
    static final class Keys {
        Object[] keys = new Object[FIRST_KEYS];
        int[] hashes = new int[FIRST_KEYS];
        int size;

        private void add(Object key, int hash) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                hashes = Arrays.copyOf(hashes, size * 2);
            }
            keys[size] = key;
            hashes[size++] = hash;
        }
    }

    /**
     * @param keyHash of {@code KeyGroups.hash}
     * @return whether it is the earliest time there is now
     */
    boolean add(long timeMs, Object key, int keyHash) {
        if (last == null || lastTime != timeMs) {
            lastTime = timeMs;
            last = byTime.get(timeMs);
            if (last == null) {
                last = new Keys();
                byTime.put(timeMs, last);
            }
        }
        last.add(key, keyHash);
        size++;
        return timeMs == byTime.firstKey();
    }

    /** The earliest time; {@code NEVER} if there is none. */
    long firstMs() {
        return byTime.isEmpty() ? WindowTimes.NEVER : byTime.firstKey();
    }

    /** Takes the keys of the earliest time out. */
    Keys takeFirst() {
        last = null;
        Keys taken = byTime.pollFirstEntry().getValue();
        size -= taken.size;
        return taken;
    }

    int size() {
        return size;
    }

    void clear() {
        byTime.clear();
        last = null;
        size = 0;
    }
}
