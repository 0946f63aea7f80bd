package io.millrace.batch.sort;

import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import java.util.Arrays;

/**
 * Goes over entries, the records of a sorter as bytes. Owns their form; confined to one thread.
 *
 * <pre>
 * entry := varint length of the record
 *        , byte length of the rest, 0 to 56; its highest bit says that the bytes do not decide
 *        , rest: the key behind its first eight bytes
 *        , record
 * </pre>
 *
 * <p>The key's first eight bytes, the prefix, stand in the index in memory and in front of the
 * entry in a file: with the highest bit turned over, so that signed numbers are in order.
 */
abstract class EntryCursor {
    private static final int UNDECIDED = 0x80;

    /** Of the present entry. */
    long prefix;

    byte[] bytes;
    int start;
    int restAt;
    int restLength;
    boolean undecided;
    int recordAt;
    int recordLength;

    /** Goes to the next entry; false after the last one. */
    abstract boolean advance();

    /** Reads where the parts of an entry are. */
    final void at(long prefix, byte[] bytes, int start) {
        this.prefix = prefix;
        this.bytes = bytes;
        this.start = start;
        int at = start;
        int length = 0;
        int shift = 0;
        byte next;
        do {
            if (shift > 28) {
                throw new CorruptDataException("a record's length is longer than 5 bytes");
            }
            next = bytes[at++];
            length |= (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        int rest = bytes[at++] & 0xFF;
        recordLength = length;
        undecided = (rest & UNDECIDED) != 0;
        restLength = rest & ~UNDECIDED;
        restAt = at;
        recordAt = at + restLength;
    }

    /** The same entry as another cursor's. */
    final void same(EntryCursor other) {
        prefix = other.prefix;
        bytes = other.bytes;
        start = other.start;
        restAt = other.restAt;
        restLength = other.restLength;
        undecided = other.undecided;
        recordAt = other.recordAt;
        recordLength = other.recordLength;
    }

    final int end() {
        return recordAt + recordLength;
    }

    /** The order of the keys' bytes. */
    final int compareBytes(EntryCursor other) {
        if (prefix != other.prefix) {
            return prefix < other.prefix ? -1 : 1;
        }
        return restLength + other.restLength == 0
                ? 0
                : Arrays.compareUnsigned(
                        bytes,
                        restAt,
                        restAt + restLength,
                        other.bytes,
                        other.restAt,
                        other.restAt + other.restLength);
    }

    /** Bytes of the entry of a record. */
    static int size(KeyWriter key, BinaryWriter record) {
        return lengthBytes(record.size()) + 1 + key.restLength() + record.size();
    }

    private static int lengthBytes(int length) {
        return length < 1 << 7
                ? 1
                : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : length < 1 << 28 ? 4 : 5;
    }

    /** Writes an entry, which must have room. */
    static void write(KeyWriter key, BinaryWriter record, byte[] target, int start) {
        int at = start;
        int length = record.size();
        int left = length;
        while ((left & ~0x7F) != 0) {
            target[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        target[at++] = (byte) left;
        int rest = key.restLength();
        target[at++] = (byte) (key.undecided() ? rest | UNDECIDED : rest);
        if (rest > 0) {
            System.arraycopy(key.array(), KeyWriter.PREFIX_BYTES, target, at, rest);
            at += rest;
        }
        System.arraycopy(record.array(), 0, target, at, length);
    }
}
