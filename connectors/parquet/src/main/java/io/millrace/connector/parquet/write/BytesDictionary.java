package io.millrace.connector.parquet.write;

import java.util.Arrays;

/** Distinct runs of bytes, kept as the dictionary's page has them. Confined to its column. */
final class BytesDictionary extends Dictionary {
    /** Of each value, or 0 if each has a length in front. */
    private final int fixedBytes;

    /** Of each distinct value, to be compared before its bytes. */
    private int[] hashes = new int[FIRST_SLOTS / 2];

    /** Where each begins in the page, behind its length. */
    private int[] starts = new int[FIRST_SLOTS / 2];

    private final PageBytes page = new PageBytes(1 << 10);

    BytesDictionary(int fixedBytes) {
        this.fixedBytes = fixedBytes;
    }

    @Override
    boolean place(PageValues values, int[] ids, int maxBytes) {
        byte[] bytes = values.bytes.bytes;
        int at = 0;
        for (int i = 0; i < values.count; i++) {
            int length = fixedBytes;
            if (length == 0) {
                length = PageBytes.intAt(bytes, at);
                at += Integer.BYTES;
            }
            ids[i] = place(bytes, at, length);
            if (page.length > maxBytes) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private int place(byte[] bytes, int at, int length) {
        int hash = hash(bytes, at, length);
        int mask = slots.length - 1;
        int slot = slotOf(hash, slots.length);
        while (true) {
            int id = slots[slot] - 1;
            if (id < 0) {
                return add(bytes, at, length, hash, slot);
            }
            if (hashes[id] == hash && isEqual(id, bytes, at, length)) {
                return id;
            }
            slot = slot + 1 & mask;
        }
    }

    private boolean isEqual(int id, byte[] bytes, int at, int length) {
        int start = starts[id];
        if (fixedBytes == 0 && PageBytes.intAt(page.bytes, start - Integer.BYTES) != length) {
            return false;
        }
        return Arrays.equals(page.bytes, start, start + length, bytes, at, at + length);
    }

    /** Eight bytes at a time, which are mixed by a multiplication. */
    private static int hash(byte[] bytes, int at, int length) {
        long hash = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = mixed(hash ^ PageBytes.longAt(bytes, at + i));
        }
        long rest = 0;
        for (; i < length; i++) {
            rest = rest << 8 | bytes[at + i] & 0xFF;
        }
        hash = mixed(hash ^ rest);
        return (int) hash;
    }

    private static long mixed(long hash) {
        long product = hash * SPREAD;
        return product ^ product >>> 32;
    }

    private int add(byte[] bytes, int at, int length, int hash, int slot) {
        if (isFull()) {
            grow();
            return place(bytes, at, length);
        }
        if (fixedBytes == 0) {
            page.putInt(length);
        }
        starts[size] = page.length;
        hashes[size] = hash;
        page.putBytes(bytes, at, length);
        slots[slot] = ++size;
        return size - 1;
    }

    @Override
    long hashOf(int id) {
        return hashes[id];
    }

    @Override
    void keep(int capacity) {
        hashes = Arrays.copyOf(hashes, capacity);
        starts = Arrays.copyOf(starts, capacity);
    }

    @Override
    int bytes() {
        return page.length;
    }

    @Override
    void cutTo(int toSize, int toBytes) {
        super.cutTo(toSize, toBytes);
        page.length = toBytes;
    }

    @Override
    void writePage(PageBytes out) {
        out.putBytes(page.bytes, 0, page.length);
    }

    @Override
    void clear() {
        super.clear();
        page.length = 0;
    }
}
