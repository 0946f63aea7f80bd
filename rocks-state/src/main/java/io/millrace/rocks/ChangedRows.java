package io.millrace.rocks;

import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database lacks of one table, as it was at a freeze, by key group: references, which are
 * let go one key group after the other. Confined to who writes the rows.
 */
final class ChangedRows {
    /** So many rows' objects are asked for at a time: a row's own would be waited for. */
    private static final int AHEAD = 64;

    private final boolean namespaces;
    private final int firstKeyGroup;
    private final int maxParallelism;
    private final Group[] groups; // null where nothing has changed
    private int looked; // so that looking is not left out

    private ChangedRows(
            boolean namespaces, int firstKeyGroup, int lastKeyGroup, int maxParallelism) {
        this.namespaces = namespaces;
        this.firstKeyGroup = firstKeyGroup;
        this.maxParallelism = maxParallelism;
        this.groups = new Group[lastKeyGroup - firstKeyGroup + 1];
    }

    /** Takes all out of a freeze. */
    static ChangedRows of(
            TableFreeze freeze,
            boolean namespaces,
            int firstKeyGroup,
            int lastKeyGroup,
            int maxParallelism) {
        ChangedRows rows = new ChangedRows(namespaces, firstKeyGroup, lastKeyGroup, maxParallelism);
        for (int segment = 0; segment < freeze.segments(); segment++) {
            TableChanges some = freeze.of(segment);
            for (int i = 0; i < some.size(); i++) {
                rows.lookAhead(some, i);
                rows.add(some.key(i), some.namespaceOrNull(i), some.change(i));
            }
            some.clear();
        }
        return rows;
    }

    /** The hash of each key would be waited for. */
    private void lookAhead(TableChanges changes, int row) {
        if (row % AHEAD == 0) {
            int end = Math.min(row + AHEAD, changes.size());
            for (int i = row; i < end; i++) {
                looked += header(changes.key(i));
            }
        }
    }

    /** Reads the first bytes of an object, which brings them into the processor's cache. */
    private static int header(Object object) {
        return object != null && object.getClass() == Group.class ? 1 : 0;
    }

    private void add(Object key, Object namespaceOrNull, Object change) {
        int at = KeyGroups.group(KeyGroups.hash(key), maxParallelism) - firstKeyGroup;
        Group group = groups[at];
        if (group == null) {
            group = new Group(namespaces ? 3 : 2);
            groups[at] = group;
        }
        group.add(key, namespaceOrNull, change);
    }

    /** What has changed in a key group; null if nothing has. It is not given again. */
    Group take(int keyGroup) {
        Group group = groups[keyGroup - firstKeyGroup];
        groups[keyGroup - firstKeyGroup] = null;
        return group;
    }

    /** The changed rows of a key group, in no order. */
    /* In small arrays: one that grows is copied again and again, and would be so large in the end
     * that G1 gives it regions of its own. */
    static final class Group {
        static final int NOT_FOUND = -1;

        private static final int CHUNK_SHIFT = 8;
        private static final int CHUNK_ROWS = 1 << CHUNK_SHIFT;
        private static final Object DONE = new Object();

        private final int stride;
        private final List<Object[]> chunks = new ArrayList<>();
        private Object[] last; // of the chunks
        private int size;
        private int looked; // so that looking is not left out
        private long[] index; // hash, and number of the row plus one; made when it is needed

        private Group(int stride) {
            this.stride = stride;
        }

        private void add(Object key, Object namespaceOrNull, Object change) {
            if ((size & CHUNK_ROWS - 1) == 0) {
                last = new Object[CHUNK_ROWS * stride];
                chunks.add(last);
            }
            int at = at(size);
            last[at] = key;
            last[at + 1] = change;
            if (stride == 3) {
                last[at + 2] = namespaceOrNull;
            }
            size++;
        }

        /** Where a row is in its chunk. */
        private int at(int row) {
            return (row & CHUNK_ROWS - 1) * stride;
        }

        private Object[] chunk(int row) {
            return chunks.get(row >>> CHUNK_SHIFT);
        }

        int size() {
            return size;
        }

        Object key(int row) {
            return chunk(row)[at(row)];
        }

        Object namespaceOrNull(int row) {
            return stride == 3 ? chunk(row)[at(row) + 2] : null;
        }

        Object change(int row) {
            return chunk(row)[at(row) + 1];
        }

        /**
         * To be called before each row that is to be written, in ascending order.
         *
         * @param valuesOrNull if changes are values, to look into them
         */
        void next(int row, Serializer<Object> valuesOrNull) {
            if (row % AHEAD == 0) {
                int end = Math.min(row + AHEAD, size);
                for (int i = row; i < end; i++) {
                    looked += header(key(i)) + header(change(i));
                }
                for (int i = row; valuesOrNull != null && i < end; i++) {
                    Object value = change(i);
                    looked += value == null || value == DONE ? 0 : valuesOrNull.lookInto(value);
                }
            }
        }

        /** The row is written. */
        void setDone(int row) {
            chunk(row)[at(row) + 1] = DONE;
        }

        boolean isDone(int row) {
            return change(row) == DONE;
        }

        /** The row of a key and namespace, or {@link #NOT_FOUND}. */
        int find(Object key, Object namespaceOrNull) {
            if (index == null) {
                makeIndex();
            }
            int hash = hash(key, namespaceOrNull);
            int mask = index.length - 1;
            for (int i = hash & mask; index[i] != 0; i = i + 1 & mask) {
                if ((int) (index[i] >>> 32) == hash) {
                    int row = (int) index[i] - 1;
                    if (key.equals(key(row))
                            && (stride == 2 || namespaceOrNull.equals(namespaceOrNull(row)))) {
                        return row;
                    }
                }
            }
            return NOT_FOUND;
        }

        private void makeIndex() {
            index = new long[Integer.highestOneBit(Math.max(8, size)) * 4];
            int mask = index.length - 1;
            for (int row = 0; row < size; row++) {
                int hash = hash(key(row), namespaceOrNull(row));
                int i = hash & mask;
                while (index[i] != 0) {
                    i = i + 1 & mask;
                }
                index[i] = (long) hash << 32 | row + 1;
            }
        }

        private static int hash(Object key, Object namespaceOrNull) {
            return EntryCache.hash(KeyGroups.hash(key), namespaceOrNull);
        }
    }
}
