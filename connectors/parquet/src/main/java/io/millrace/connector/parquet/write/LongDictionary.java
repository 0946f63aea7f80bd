package io.millrace.connector.parquet.write;

import java.util.Arrays;

/** Distinct numbers of 64 bits. Confined to its column. */
final class LongDictionary extends Dictionary {
    /** For each slot one more than the place of its value, or 0. */
    private int[] slots = new int[FIRST_SLOTS];

    private long[] distinct = new long[FIRST_SLOTS / 2];
    private int size;

    @Override
    boolean place(PageValues values, int[] ids, int maxBytes) {
        long[] numbers = values.longs;
        int maxSize = maxBytes / Long.BYTES;
        for (int i = 0; i < values.count; i++) {
            int id = place(numbers[i]);
            if (id >= maxSize) {
                return false;
            }
            ids[i] = id;
        }
        return true;
    }

    private int place(long number) {
        int mask = slots.length - 1;
        int slot = slotOf(number, slots.length);
        while (true) {
            int id = slots[slot] - 1;
            if (id < 0) {
                return add(number, slot);
            }
            if (distinct[id] == number) {
                return id;
            }
            slot = slot + 1 & mask;
        }
    }

    private int add(long number, int slot) {
        if (size == distinct.length) {
            grow();
            return place(number);
        }
        distinct[size++] = number;
        slots[slot] = size;
        return size - 1;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        distinct = Arrays.copyOf(distinct, slots.length / 2);
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = slotOf(distinct[id], slots.length);
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = id + 1;
        }
    }

    @Override
    int size() {
        return size;
    }

    @Override
    int bytes() {
        return size * Long.BYTES;
    }

    @Override
    void cutTo(int toSize, int toBytes) {
        size = toSize;
    }

    @Override
    void writePage(PageBytes out) {
        out.putLongs(distinct, size);
    }

    @Override
    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }
}
