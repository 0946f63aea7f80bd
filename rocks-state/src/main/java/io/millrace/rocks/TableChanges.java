package io.millrace.rocks;

import java.util.Arrays;

/**
 * Changed entries as they were at a freeze: references to objects that nobody changes any more.
 * Filled by who collects, then read by who settles or writes them.
 */
final class TableChanges {
    private static final int FIRST_ENTRIES = 16;
    private static final int STRIDE = 3;
    private static final Object[] NONE = {};

    private Object[] entries = NONE;
    private int size;

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

    Object key(int index) {
        return entries[index * STRIDE];
    }

    Object namespaceOrNull(int index) {
        return entries[index * STRIDE + 1];
    }

    Object change(int index) {
        return entries[index * STRIDE + 2];
    }

    /** Lets go of all entries. */
    void clear() {
        entries = NONE;
        size = 0;
    }
}
