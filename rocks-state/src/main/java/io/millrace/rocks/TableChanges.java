package io.millrace.rocks;

import java.util.ArrayList;
import java.util.List;

/**
 * Changed entries of one table as they were at a freeze: references to objects that nobody changes
 * any more. Filled by the task, read by who settles.
 */
final class TableChanges {
    private static final int CHUNK_ENTRIES = 1024;
    private static final int STRIDE = 3;

    /** Writes one changed entry. Confined to who settles. */
    @FunctionalInterface
    interface EntryWriter {
        void write(Object key, Object namespaceOrNull, Object change, BatchBuilder batch);
    }

    private final EntryWriter writer;
    private final List<Object[]> chunks = new ArrayList<>();
    private Object[] last;
    private int size;

    TableChanges(EntryWriter writer) {
        this.writer = writer;
    }

    void add(Object key, Object namespaceOrNull, Object change) {
        int at = size % CHUNK_ENTRIES * STRIDE;
        if (at == 0) {
            last = new Object[CHUNK_ENTRIES * STRIDE];
            chunks.add(last);
        }
        last[at] = key;
        last[at + 1] = namespaceOrNull;
        last[at + 2] = change;
        size++;
    }

    int size() {
        return size;
    }

    void write(int index, BatchBuilder batch) {
        Object[] chunk = chunks.get(index / CHUNK_ENTRIES);
        int at = index % CHUNK_ENTRIES * STRIDE;
        writer.write(chunk[at], chunk[at + 1], chunk[at + 2], batch);
    }

    /** Lets go of all entries. */
    void clear() {
        chunks.clear();
        last = null;
        size = 0;
    }
}
