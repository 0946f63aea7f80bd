package io.millrace.batch.join;

import io.millrace.batch.sort.ExternalSorter;
import io.millrace.batch.sort.SortOrder;
import io.millrace.batch.sort.SortSettings;
import io.millrace.batch.sort.SortedRecords;
import io.millrace.runtime.serde.BinaryWriter;

/**
 * Records of one side that are sorted by the hashes of their keys, or stay as they came, in bounded
 * memory. First all are added, then they are gone through once. Confined to its operator; close
 * removes the files.
 */
final class HashSorted implements AutoCloseable {
    private final JoinSide side;
    private final SortOrder<HashedBytes> order;
    private final SortSettings settings;
    private final HashedBytes record = new HashedBytes();
    // Made with the first record.
    private ExternalSorter<HashedBytes> sorter;
    // Null until it is gone through, and without records.
    private SortedRecords<HashedBytes> sorted;

    private HashSorted(JoinSide side, SortOrder<HashedBytes> order, SortSettings settings) {
        this.side = side;
        this.order = order;
        this.settings = settings;
    }

    public static HashSorted byHash(JoinSide side, SortSettings settings) {
        return new HashSorted(side, SortOrder.of(new HashedBytes.ByHash()), settings);
    }

    /** As they came. */
    static HashSorted inSequence(JoinSide side, SortSettings settings) {
        return new HashSorted(side, SortOrder.none(), settings);
    }

    public void add(int hash, Object value) {
        BinaryWriter bytes = side.write(value);
        add(hash, false, bytes.array(), 0, bytes.size());
    }

    /** Of bytes that the side has written. */
    public void add(int hash, byte[] bytes, int from, int length) {
        add(hash, false, bytes, from, length);
    }

    void addAgain(Object value, boolean matched) {
        BinaryWriter bytes = side.write(value);
        add(0, matched, bytes.array(), 0, bytes.size());
    }

    private void add(int hash, boolean matched, byte[] bytes, int from, int length) {
        if (sorter == null) {
            sorter = new ExternalSorter<>(order, new HashedBytes.Form(), settings);
        }
        sorter.add(record.of(hash, matched, bytes, from, length));
    }

    public boolean isEmpty() {
        return sorter == null;
    }

    /** Goes to the next record; false after the last one. Nothing is added after. */
    boolean advance() {
        if (sorter == null) {
            return false;
        }
        if (sorted == null) {
            sorted = sorter.sorted();
        }
        return sorted.advance();
    }

    /** Of the present record. */
    int hash() {
        return (int) (sorted.keyPrefix() >>> Integer.SIZE);
    }

    boolean isMatched() {
        return HashedBytes.isMatched(sorted.bytes(), sorted.from());
    }

    /** Bytes of the present record. */
    int length() {
        return sorted.length();
    }

    /** The present record, made anew with each call. */
    Object value() {
        return HashedBytes.read(side, sorted.bytes(), sorted.from(), sorted.length());
    }

    /** Safe to call twice. */
    @Override
    public void close() {
        if (sorter != null) {
            sorter.close();
            sorter = null;
            sorted = null;
        }
    }
}
