package io.millrace.rocks;

import io.millrace.runtime.serde.BinaryWriter;

/**
 * Builds a batch of writes as RocksDB's own bytes, so that it crosses into native code once and not
 * once for each entry. Confined to one thread.
 *
 * <pre>
 * batch  := sequence (8 bytes, 0), count (4 bytes), record*            little endian
 * record := 4, table, key | 5, table, key, value | 6, table, key, value | 14, table, from, to
 *           remove          put                    append               remove a range
 * </pre>
 *
 * Tables are variable ints, keys and values have their length as a variable int in front.
 */
final class BatchBuilder {
    private static final int HEADER_BYTES = 12;
    private static final int COUNT_AT = 8;
    static final byte REMOVE = 4;
    private static final byte PUT = 5;
    private static final byte APPEND = 6;
    private static final byte REMOVE_RANGE = 14;

    private final BinaryWriter out;
    private int count;

    BatchBuilder(int firstBytes) {
        out = new BinaryWriter(firstBytes);
        clear();
    }

    void put(int table, BinaryWriter key, BinaryWriter value) {
        begin(PUT, table, key);
        bytes(value);
    }

    void append(int table, BinaryWriter key, BinaryWriter value) {
        begin(APPEND, table, key);
        bytes(value);
    }

    void remove(int table, BinaryWriter key) {
        begin(REMOVE, table, key);
    }

    void removeRange(int table, byte[] from, byte[] to) {
        out.writeByte(REMOVE_RANGE);
        out.writeVarInt(table);
        out.writeByteArray(from);
        out.writeByteArray(to);
        count++;
    }

    private void begin(byte tag, int table, BinaryWriter key) {
        out.writeByte(tag);
        out.writeVarInt(table);
        bytes(key);
        count++;
    }

    private void bytes(BinaryWriter some) {
        out.writeVarInt(some.size());
        out.writeBytes(some.array(), 0, some.size());
    }

    int count() {
        return count;
    }

    int sizeBytes() {
        return out.size();
    }

    byte[] toBytes() {
        out.putInt(COUNT_AT, count);
        return out.toByteArray();
    }

    /** What is in the batch now; valid until the next change. */
    BatchChanges changes() {
        return new BatchChanges(out.array());
    }

    void clear() {
        out.clear();
        count = 0;
        for (int i = 0; i < HEADER_BYTES; i++) {
            out.writeByte(0);
        }
    }
}
