package io.millrace.rocks;

import io.millrace.runtime.serde.BinaryReader;
import java.util.Arrays;
import org.rocksdb.RocksIterator;

/**
 * Goes through the rows of a table, with arrays that are used again: an array for each key and
 * value costs more than what becomes of them. Confined to a thread.
 */
final class RowCursor {
    private static final int FIRST_KEY_BYTES = 128;
    private static final int FIRST_VALUE_BYTES = 1024;

    private final RocksIterator rows;
    private byte[] key = new byte[FIRST_KEY_BYTES];
    private int keyLength;
    private byte[] value = new byte[FIRST_VALUE_BYTES];
    private final BinaryReader keyReader = new BinaryReader(key);
    private final BinaryReader valueReader = new BinaryReader(value);
    private boolean atRow;

    /**
     * Begins with the first row.
     *
     * @param rows stays open, and is used by nobody else
     */
    RowCursor(RocksIterator rows) {
        this.rows = rows;
        rows.seekToFirst();
        read();
    }

    /** Whether it is at a row; if not, all were seen, or reading has failed. */
    boolean atRow() {
        return atRow;
    }

    void next() {
        rows.next();
        read();
    }

    private void read() {
        atRow = rows.isValid();
        if (atRow) {
            keyLength = rows.key(key);
            if (keyLength > key.length) {
                key = new byte[Integer.highestOneBit(keyLength) * 2];
                keyLength = rows.key(key);
            }
        }
    }

    int group() {
        return (key[0] & 0xFF) << 8 | key[1] & 0xFF;
    }

    /** The key, from behind the key group; valid until the next call, and until the next row. */
    BinaryReader key() {
        return keyFrom(TableCodec.GROUP_BYTES);
    }

    /** The same of the bytes from a place on. */
    BinaryReader keyFrom(int from) {
        keyReader.reset(key, from, keyLength - from);
        return keyReader;
    }

    /** The first bytes of the key. */
    byte[] prefix(int length) {
        return Arrays.copyOf(key, length);
    }

    /** Whether it is at a row whose key begins so. */
    boolean isAt(byte[] prefix) {
        return atRow
                && keyLength >= prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The value; valid until the next call. */
    BinaryReader value() {
        int length = rows.value(value);
        if (length > value.length) {
            value = new byte[Integer.highestOneBit(length) * 2];
            length = rows.value(value);
        }
        valueReader.reset(value, 0, length);
        return valueReader;
    }
}
