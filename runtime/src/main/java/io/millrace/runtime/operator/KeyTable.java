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
 */
public final class KeyTable {
    private int[] hashes;
    private Object[] keys;
    private Object[] values;
    private int size;
    private int shift;

    public KeyTable() {
        allocate(1024);
    }

    private void allocate(int slots) {
        hashes = new int[slots];
        keys = new Object[slots];
        values = new Object[slots];
        shift = Integer.numberOfLeadingZeros(slots) + 1;
    }

    /**
     * The slot of the key, or the free one where it belongs; valid until the next {@link #insert}.
     */
    public int slotOf(Object key, int hash) {
        int mask = keys.length - 1;
        int slot = KeyGroups.murmur(hash) >>> shift;
        while (true) {
            Object there = keys[slot];
            if (there == null || (hashes[slot] == hash && there.equals(key))) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** Null if the slot is free. */
    public Object keyAt(int slot) {
        return keys[slot];
    }

    public Object valueAt(int slot) {
        return values[slot];
    }

    public int hashAt(int slot) {
        return hashes[slot];
    }

    /** Replaces the value in a slot that is taken. */
    public void update(int slot, Object value) {
        values[slot] = value;
    }

    /** Takes a free slot that {@link #slotOf} gave. */
    public void insert(int slot, Object key, int hash, Object value) {
        keys[slot] = Objects.requireNonNull(key, "the key selector returned null");
        hashes[slot] = hash;
        values[slot] = value;
        size++;
        if (size > (keys.length >> 3) * 5) {
            grow();
        }
    }

    private void grow() {
        Object[] oldKeys = keys;
        Object[] oldValues = values;
        int[] oldHashes = hashes;
        allocate(Math.multiplyExact(oldKeys.length, 2));
        int mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int slot = KeyGroups.murmur(oldHashes[i]) >>> shift;
                while (keys[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
                hashes[slot] = oldHashes[i];
            }
        }
    }

    public int size() {
        return size;
    }

    /** Slots to walk over, from 0. */
    public int slots() {
        return keys.length;
    }

    /** Forgets everything and goes back to its first size. */
    public void clear() {
        size = 0;
        allocate(1024);
    }
}
