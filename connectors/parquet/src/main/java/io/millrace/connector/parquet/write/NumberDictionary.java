package io.millrace.connector.parquet.write;

import java.util.Arrays;

/** Distinct numbers of 32 or 64 bits. Confined to its column. */
final class NumberDictionary extends Dictionary {
    private final int bytesEach;
    private long[] distinct = new long[FIRST_SLOTS / 2];

    /**
     * @param bytesEach 4 or 8
     */
    NumberDictionary(int bytesEach) {
        this.bytesEach = bytesEach;
    }

    @Override
    boolean place(PageValues values, int[] ids, int maxBytes) {
        int maxSize = maxBytes / bytesEach;
        return bytesEach == Integer.BYTES
                ? place(values.ints, values.count, ids, maxSize)
                : place(values.longs, values.count, ids, maxSize);
    }

    private boolean place(int[] numbers, int count, int[] ids, int maxSize) {
        for (int i = 0; i < count; i++) {
            int id = place(numbers[i]);
            if (id >= maxSize) {
                return false;
            }
            ids[i] = id;
        }
        return true;
    }

    private boolean place(long[] numbers, int count, int[] ids, int maxSize) {
        for (int i = 0; i < count; i++) {
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
        if (isFull()) {
            grow();
            return place(number);
        }
        distinct[size++] = number;
        slots[slot] = size;
        return size - 1;
    }

    @Override
    long hashOf(int id) {
        return distinct[id];
    }

    @Override
    void keep(int capacity) {
        distinct = Arrays.copyOf(distinct, capacity);
    }

    @Override
    int bytes() {
        return size * bytesEach;
    }

    @Override
    void writePage(PageBytes out) {
        if (bytesEach == Long.BYTES) {
            out.putLongs(distinct, size);
        } else {
            for (int id = 0; id < size; id++) {
                out.putInt((int) distinct[id]);
            }
        }
    }
}
