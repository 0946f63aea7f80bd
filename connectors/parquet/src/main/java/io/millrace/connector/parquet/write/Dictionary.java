package io.millrace.connector.parquet.write;

import java.util.Arrays;

/**
 * The distinct values of a column chunk in the order of their first use. A hash table of open
 * addressing on the values themselves. Confined to its column.
 */
/* What a page adds beyond the limit is taken back: pages before it need the values up to there only. */
abstract class Dictionary {
    static final int FIRST_SLOTS = 1 << 10;

    /** Odd, the bits of the golden ratio: spreads neighbours. */
    static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /** For each slot one more than the place of its value, or 0. */
    int[] slots = new int[FIRST_SLOTS];

    int size;

    static Dictionary of(PageValues values) {
        return switch (values.kind) {
            case INTS -> new NumberDictionary(Integer.BYTES);
            case LONGS -> new NumberDictionary(Long.BYTES);
            case BYTES -> new BytesDictionary(values.fixedBytes);
            case BOOLEANS -> throw new IllegalArgumentException("truth values have no dictionary");
        };
    }

    /**
     * The place of each value in the dictionary.
     *
     * @param ids as long as there are values
     * @param maxBytes of the dictionary
     * @return false if it has become larger; the ids mean nothing then
     */
    abstract boolean place(PageValues values, int[] ids, int maxBytes);

    /** Distinct values. */
    final int size() {
        return size;
    }

    /** Of the dictionary's page. */
    abstract int bytes();

    /** Forgets all but the first ones. The dictionary takes no further values then. */
    void cutTo(int toSize, int toBytes) {
        size = toSize;
    }

    abstract void writePage(PageBytes out);

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    /** What the slot of a value that is known is found by. */
    abstract long hashOf(int id);

    /** Makes room for so many values. */
    abstract void keep(int capacity);

    /** Whether no further value fits without {@link #grow}. */
    final boolean isFull() {
        return size == slots.length / 2;
    }

    final void grow() {
        slots = new int[slots.length * 2];
        keep(slots.length / 2);
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = slotOf(hashOf(id), slots.length);
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = id + 1;
        }
    }

    static int slotOf(long hash, int slots) {
        return (int) (hash * SPREAD >>> Long.numberOfLeadingZeros(slots - 1L));
    }
}
