package io.millrace.rocks;

/**
 * Changed entries as they were at a freeze: references to objects that nobody changes any more.
 * Filled by who collects, then read by who settles or writes them.
 */
final class TableChanges {
    private static final Object[] NONE = {};

    private final int stride;
    private Object[] entries = NONE;
    private int size;

    TableChanges(boolean namespaces) {
        this.stride = namespaces ? 3 : 2;
    }

    /** Makes room for so many: all the room that there will be. */
    void expect(int most) {
        entries = most == 0 ? NONE : new Object[most * stride];
    }

    void add(Object key, Object namespaceOrNull, Object change) {
        int at = size * stride;
        entries[at] = key;
        entries[at + 1] = change;
        if (stride == 3) {
            entries[at + 2] = namespaceOrNull;
        }
        size++;
    }

    int size() {
        return size;
    }

    Object key(int index) {
        return entries[index * stride];
    }

    Object namespaceOrNull(int index) {
        return stride == 3 ? entries[index * stride + 2] : null;
    }

    Object change(int index) {
        return entries[index * stride + 1];
    }

    /** Lets go of all entries. */
    void clear() {
        entries = NONE;
        size = 0;
    }
}
