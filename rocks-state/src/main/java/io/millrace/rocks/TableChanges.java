package io.millrace.rocks;

import java.util.Arrays;

/**
 * Changed entries as they were at a freeze: references to objects that nobody changes any more.
 * Filled by who collects, then read by who settles.
 */
final class TableChanges {
    private static final int FIRST_ENTRIES = 16;
    private static final int STRIDE = 3;
    private static final Object[] NONE = {};

    /** Writes one changed entry. Confined to who settles. */
    @FunctionalInterface
    interface EntryWriter {
        void write(Object key, Object namespaceOrNull, Object change, BatchBuilder batch);
    }

    private final EntryWriter writer;
    private Object[] entries = NONE;
    private int size;

    TableChanges(EntryWriter writer) {
        this.writer = writer;
    }

    void add(Object key, Object namespaceOrNull, Object change) {
        int at = size * STRIDE;
        if (at == entries.length) {
            entries = Arrays.copyOf(entries, Math.max(FIRST_ENTRIES * STRIDE, at * 2));
        }
        entries[at] = key;
        entries[at + 1] = namespaceOrNull;
        entries[at + 2] = change;
        size++;
    }

    int size() {
        return size;
    }

    void write(int index, BatchBuilder batch) {
        int at = index * STRIDE;
        writer.write(entries[at], entries[at + 1], entries[at + 2], batch);
    }

    /** Lets go of all entries. */
    void clear() {
        entries = NONE;
        size = 0;
    }
}
