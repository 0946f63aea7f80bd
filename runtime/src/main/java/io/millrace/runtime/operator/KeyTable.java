package io.millrace.runtime.operator;

import io.millrace.runtime.plan.KeyGroups;
import java.util.Objects;

/**
 * A hash table from keys to values that is given the hashes. Confined to its task; grows, never
 * shrinks.
 */
/* Open addressing with linear probing in a power of two of slots, at most 5/8 full. A look-up gives a
 * slot, found or free, so that read-then-update is one probe. The stored hash is compared first, so
 * equals runs about once for a key that is there and hardly ever for one that is not. Slots come from
 * the mixed hash's high bits: its remainder has picked the subtask already.
 *
 * Key and value of a slot lie side by side, in one cache line. A large table is a few cache misses for
 * each look-up; touch takes those of a whole chunk at once, so that the processor waits for many of
 * them at the same time. KeyTableBenchmark: 1 M keys.
 */
public final class KeyTable {
    /** Tables with fewer slots are in the cache anyhow. */
    private static final int LARGE_SLOTS = 1 << 14;

    private int[] hashes;
    private Object[] entries; // key and value in turn
    private int size;
    private int shift;
    private int touched; // so that the compiler keeps the look

    public KeyTable() {
        allocate(1024);
    }

    private void allocate(int slots) {
        hashes = new int[slots];
        entries = new Object[Math.multiplyExact(slots, 2)];
        shift = Integer.numberOfLeadingZeros(slots) + 1;
    }

    /**
     * The slot of the key, or the free one where it belongs; valid until the next {@link #insert}.
     */
    public int slotOf(Object key, int hash) {
        int mask = hashes.length - 1;
        int slot = KeyGroups.murmur(hash) >>> shift;
        while (true) {
            Object there = entries[2 * slot];
            if (there == null || (hashes[slot] == hash && areEqual(there, key))) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** The usual keys without a call through a table of methods. */
    private static boolean areEqual(Object there, Object key) {
        if (there instanceof Long a) {
            return key instanceof Long b && a.longValue() == b.longValue();
        }
        return there instanceof String text ? text.equals(key) : there.equals(key);
    }

    /** Brings what look-ups of these hashes will need into the cache, if the table is large. */
    public void touch(int[] keyHashes, int count) {
        if (!isLarge()) {
            return;
        }
        int seen = 0;
        for (int i = 0; i < count; i++) {
            int slot = KeyGroups.murmur(keyHashes[i]) >>> shift;
            seen += hashes[slot];
            seen += entries[2 * slot] == null ? 1 : 0;
        }
        for (int i = 0; i < count; i++) {
            int slot = KeyGroups.murmur(keyHashes[i]) >>> shift;
            seen += look(entries[2 * slot]) + look(entries[2 * slot + 1]);
        }
        touched = seen;
    }

    /** Reads the place where a look-up of this hash begins, as the first half of {@link #touch}. */
    public int touchPlace(int keyHash) {
        int slot = KeyGroups.murmur(keyHash) >>> shift;
        return hashes[slot] + (entries[2 * slot] == null ? 1 : 0);
    }

    /** Reads what lies in that place, as the second half. */
    public int touchObjects(int keyHash) {
        int slot = KeyGroups.murmur(keyHash) >>> shift;
        return look(entries[2 * slot]) + look(entries[2 * slot + 1]);
    }

    /** Whether {@link #touch} does anything. */
    boolean isLarge() {
        return hashes.length >= LARGE_SLOTS;
    }

    /** The value where a look-up of this hash begins: mostly the one that it will find, or null. */
    Object valueNear(int hash) {
        return entries[2 * (KeyGroups.murmur(hash) >>> shift) + 1];
    }

    /** Reads the first bytes of an object; those of a number, which may lie in the next line. */
    static int look(Object object) {
        if (object instanceof Long number) {
            return (int) number.longValue();
        }
        return object != null && object.getClass() == KeyTable.class ? 1 : 0;
    }

    /** Null if the slot is free. */
    public Object keyAt(int slot) {
        return entries[2 * slot];
    }

    public Object valueAt(int slot) {
        return entries[2 * slot + 1];
    }

    public int hashAt(int slot) {
        return hashes[slot];
    }

    /** Replaces the value in a slot that is taken. */
    public void update(int slot, Object value) {
        entries[2 * slot + 1] = value;
    }

    /** Takes a free slot that {@link #slotOf} gave. */
    public void insert(int slot, Object key, int hash, Object value) {
        entries[2 * slot] = Objects.requireNonNull(key, "the key selector returned null");
        hashes[slot] = hash;
        entries[2 * slot + 1] = value;
        size++;
        if (size > (hashes.length >> 3) * 5) {
            grow();
        }
    }

    private void grow() {
        Object[] oldEntries = entries;
        int[] oldHashes = hashes;
        allocate(Math.multiplyExact(oldHashes.length, 2));
        int mask = hashes.length - 1;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldEntries[2 * i] != null) {
                int slot = KeyGroups.murmur(oldHashes[i]) >>> shift;
                while (entries[2 * slot] != null) {
                    slot = (slot + 1) & mask;
                }
                entries[2 * slot] = oldEntries[2 * i];
                entries[2 * slot + 1] = oldEntries[2 * i + 1];
                hashes[slot] = oldHashes[i];
            }
        }
    }

    public int size() {
        return size;
    }

    /** Slots to walk over, from 0. */
    public int slots() {
        return hashes.length;
    }

    /** Forgets everything and goes back to its first size. */
    public void clear() {
        size = 0;
        allocate(1024);
    }
}
