package io.millrace.rocks;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.state.ListTable;
import io.millrace.runtime.state.TableSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;

/**
 * Lists. An entry in memory is a {@link CachedList}: all elements, or those behind the ones that
 * are in the database, so that appending reads nothing. Confined to the task.
 */
final class RocksListTable extends CachedTable implements ListTable {
    /** So many new elements of one list are worth being written on their own. */
    private static final int LONG_TAIL = 8192;

    private long elements;

    RocksListTable(TableSpec spec, RocksKeyedBackend backend, ColumnFamilyHandle handle) {
        super(spec, backend, handle);
    }

    /** Either all elements replace what the database has, or they come behind it. */
    record Change(boolean replaces, Object[] elements) {}

    /** What a key has. Confined to the task. */
    private static final class CachedList {
        private static final int NOT_FROZEN = -1;

        List<Object> elements = new ArrayList<>(4);

        /** Of the elements, so many at the beginning are in the database. */
        int stored;

        /** So many are in the database as soon as all freezes are settled. */
        int frozen = NOT_FROZEN;

        /** No elements in the database come before these. */
        boolean whole;

        /** What the database has is to be removed. */
        boolean replaces;

        int unwritten() {
            return elements.size() - Math.max(stored, frozen);
        }
    }

    @Override
    public List<Object> get() {
        CachedList list = current();
        if (!list.whole) {
            load(list);
        }
        if (!immutable && (cache.flags() & EntryCache.SHARED) != 0) {
            list.elements.replaceAll(element -> spec.values().copy(element));
            cache.setFlags(0, EntryCache.SHARED);
        }
        return list.elements.isEmpty() ? null : Collections.unmodifiableList(list.elements);
    }

    @Override
    public void add(Object element) {
        CachedList list = current();
        list.elements.add(element);
        elements++;
        changed(list, element);
    }

    @Override
    public void addAll(List<?> more) {
        if (!more.isEmpty()) {
            CachedList list = current();
            list.elements.addAll(more);
            elements += more.size();
            changed(list, more.get(0));
        }
    }

    @Override
    public void replace(List<?> all) {
        List<Object> copy = new ArrayList<>(all);
        CachedList list = current();
        elements += copy.size() - list.elements.size();
        list.elements = copy;
        list.stored = 0;
        list.frozen = CachedList.NOT_FROZEN;
        list.whole = true;
        list.replaces = true;
        cache.setFlags(0, EntryCache.SHARED);
        changed(list, copy.isEmpty() ? null : copy.get(0));
    }

    @Override
    public void remove() {
        replace(List.of());
    }

    private void changed(CachedList list, Object oneOrNull) {
        cache.setFlags(EntryCache.DIRTY, 0);
        sample(oneOrNull);
        if (list.unwritten() >= LONG_TAIL && !backend.writesHeldBack()) {
            writeTail(list);
        }
        backend.grew();
    }

    private void writeTail(CachedList list) {
        BatchBuilder batch = backend.batch();
        write(backend.key(), namespace, list, codec, batch);
        backend.write(batch);
        list.replaces = false;
        list.stored = list.elements.size();
        list.frozen = CachedList.NOT_FROZEN;
        cache.setFlags(0, EntryCache.DIRTY);
        if (!list.whole) {
            forgetStored(list);
        }
    }

    /** The list of the current key, with the cursor at it; made if it is not in memory. */
    private CachedList current() {
        if (!found()) {
            CachedList list = new CachedList();
            insert(list, 0);
            return list;
        }
        CachedList list = (CachedList) cache.value();
        if (list.frozen != CachedList.NOT_FROZEN && !backend.settling()) {
            settled(list);
        }
        if (!list.whole && list.stored > 0) {
            forgetStored(list);
        }
        return list;
    }

    private void forgetStored(CachedList list) {
        list.elements.subList(0, list.stored).clear();
        elements -= list.stored;
        list.frozen -= list.frozen == CachedList.NOT_FROZEN ? 0 : list.stored;
        list.stored = 0;
    }

    /**
     * Else a list that nobody touches from one freeze to the next has elements that the database
     * shows as those before the freeze, and that look as if it had not.
     */
    @Override
    void settled(Object entry) {
        CachedList list = (CachedList) entry;
        if (list.frozen != CachedList.NOT_FROZEN) {
            list.stored = list.frozen;
            list.frozen = CachedList.NOT_FROZEN;
        }
    }

    private void load(CachedList list) {
        // While freezes are being settled, who knows how much of the tail is there already? The
        // database as it was before shows it without.
        ReadOptions before = backend.readsBeforeSettling();
        if (before == null) {
            // Since the list was looked up the last freeze may have been settled.
            settled(list);
            forgetStored(list);
        }
        BinaryReader in = read(codec.key(backend.key(), backend.keyHash(), namespace), before);
        if (in != null) {
            List<Object> all = new ArrayList<>();
            while (in.remaining() > 0) {
                all.add(codec.readValue(in));
            }
            list.stored += all.size();
            list.frozen += list.frozen == CachedList.NOT_FROZEN ? 0 : all.size();
            elements += all.size();
            all.addAll(list.elements);
            list.elements = all;
        }
        list.whole = true;
    }

    @Override
    void write(Object key, Object space, Object entry, TableCodec by, BatchBuilder batch) {
        writeFrozen(key, space, unwritten(entry), by, batch);
    }

    private void write(
            Object key,
            Object space,
            boolean replaces,
            Object[] written,
            TableCodec by,
            BatchBuilder batch) {
        if (written.length == 0) {
            if (replaces) {
                batch.remove(handle.getID(), by.key(key, space));
            }
        } else if (replaces) {
            batch.put(handle.getID(), by.key(key, space), by.elements(written));
        } else {
            batch.append(handle.getID(), by.key(key, space), by.elements(written));
        }
    }

    @Override
    Object freeze(Object entry) {
        CachedList list = (CachedList) entry;
        Change change = unwritten(list);
        list.replaces = false;
        list.frozen = list.elements.size();
        return change;
    }

    @Override
    Change unwritten(Object entry) {
        CachedList list = (CachedList) entry;
        int from = list.replaces ? 0 : Math.max(list.stored, list.frozen);
        return new Change(
                list.replaces, list.elements.subList(from, list.elements.size()).toArray());
    }

    @Override
    void writeFrozen(Object key, Object space, Object frozen, TableCodec by, BatchBuilder batch) {
        Change change = (Change) frozen;
        write(key, space, change.replaces(), change.elements(), by, batch);
    }

    @Override
    long objects() {
        return elements + cache.entries();
    }

    @Override
    void gone(Object entry) {
        elements -= ((CachedList) entry).elements.size();
    }

    @Override
    Boolean hasSomething(Object entry) {
        CachedList list = (CachedList) entry;
        return !list.elements.isEmpty() ? Boolean.TRUE : list.whole ? Boolean.FALSE : null;
    }

    @Override
    boolean hasSomething() {
        return get() != null;
    }
}
