package io.millrace.runtime.state.heap;

import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.Lifetime;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableSpec;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/** A map for each key. Confined to the task. */
final class HeapMapTable extends HeapTable implements MapTable {
    private static final int MOST_SLOTS = 128;
    private static final int LEAST_ENTRIES = Unit.LEAST_SLOTS;
    private static final int MOST_ENTRIES = 512;

    /** Of the entries of a map. */
    private final Layout entries;

    HeapMapTable(HeapBackend backend, TableSpec spec) {
        super(backend, spec, layout(spec, null, null, MOST_SLOTS));
        Serializer<Object> copier = spec.values().immutable() ? null : spec.values();
        this.entries = new Layout(2, true, copier, null, LEAST_ENTRIES, MOST_ENTRIES);
    }

    @Override
    public Object get(Object mapKey) {
        Rows map = (Rows) content();
        if (map == null) {
            return null;
        }
        int hash = Layout.ofMapKey(mapKey);
        Unit unit = map.unitOf(hash);
        int slot = unit.find(hash, mapKey);
        if (slot < 0) {
            return null;
        }
        if (entries.copier() == null || !versions.isAnyOpen()) {
            return unit.content(slot);
        }
        unit = writableMap().writable(unit, entries, versions);
        return unit.ownContent(slot, entries.copier(), versions);
    }

    /** The map of the current key, which it has, so that units of it can be replaced. */
    private Rows writableMap() {
        Rows map = (Rows) content();
        if (versions.isFrozen(map.born)) {
            map = map.copy(versions.current());
            swapContent(map);
        }
        return map;
    }

    @Override
    public boolean contains(Object mapKey) {
        Rows map = (Rows) content();
        if (map == null) {
            return false;
        }
        int hash = Layout.ofMapKey(mapKey);
        return map.unitOf(hash).find(hash, mapKey) >= 0;
    }

    @Override
    public void put(Object mapKey, Object value) {
        int hash = Layout.ofMapKey(mapKey);
        Rows map = (Rows) content();
        if (map == null) {
            map = new Rows(entries, versions.current());
            setContent(map);
        } else {
            touch();
            map = writableMap();
        }
        Unit unit = map.unitOf(hash);
        int slot = unit.find(hash, mapKey);
        if (slot < 0 && !unit.hasSpace()) {
            unit = map.makeSpace(hash, entries, versions, backend.completedVersion());
            slot = unit.find(hash, mapKey);
        } else {
            unit = map.writable(unit, entries, versions);
        }
        if (slot < 0) {
            unit.insert(~slot, hash, mapKey, null, value, versions);
            map.count(1);
        } else {
            unit.touch(slot, versions);
            unit.setContent(slot, value);
        }
    }

    @Override
    public void remove(Object mapKey) {
        Rows map = (Rows) content();
        if (map == null) {
            return;
        }
        int hash = Layout.ofMapKey(mapKey);
        Unit unit = map.unitOf(hash);
        int slot = unit.find(hash, mapKey);
        if (slot < 0) {
            return;
        }
        if (map.size() == 1) {
            remove();
            return;
        }
        touch();
        map = writableMap();
        map.writable(unit, entries, versions)
                .remove(slot, entries, versions, backend.completedVersion());
        map.count(-1);
    }

    @Override
    public boolean isEmpty() {
        return content() == null;
    }

    @Override
    public void clear() {
        remove();
    }

    @Override
    public Iterator<Map.Entry<Object, Object>> entries() {
        Rows map = (Rows) content();
        return map == null ? Collections.emptyIterator() : new Entries(map);
    }

    /** Goes over copies of units, one at a time: so entries may be removed on the way. */
    private final class Entries implements Iterator<Map.Entry<Object, Object>> {
        private final Unit[] units;
        private final long turn = keys.turn;
        private int nextUnit;
        private Object[] pairs = {};
        private int at;
        private Object lastKey; // null if there is none to be removed

        Entries(Rows map) {
            units = map.allUnits();
            advance();
        }

        private void advance() {
            while (at == pairs.length && nextUnit < units.length) {
                check();
                pairs = pairsOf(units[nextUnit++]);
                at = 0;
            }
        }

        @Override
        public boolean hasNext() {
            return at < pairs.length;
        }

        @Override
        public Map.Entry<Object, Object> next() {
            if (at == pairs.length) {
                throw new NoSuchElementException();
            }
            Entry entry = new Entry(this, pairs[at], pairs[at + 1]);
            lastKey = entry.key;
            at += 2;
            advance();
            return entry;
        }

        @Override
        public void remove() {
            if (lastKey == null) {
                throw new IllegalStateException("next() was not called, or remove() already");
            }
            check();
            HeapMapTable.this.remove(lastKey);
            lastKey = null;
        }

        private void check() {
            if (keys.turn != turn) {
                throw new ConcurrentModificationException(
                        "another key than that of this map is the current one");
            }
        }
    }

    /** An entry of an iteration. */
    private final class Entry implements Map.Entry<Object, Object> {
        private final Entries iteration;
        private final Object key;
        private Object value;

        Entry(Entries iteration, Object key, Object value) {
            this.iteration = iteration;
            this.key = key;
            this.value = value;
        }

        @Override
        public Object getKey() {
            return key;
        }

        @Override
        public Object getValue() {
            return value;
        }

        @Override
        public Object setValue(Object newValue) {
            iteration.check();
            Object before = value;
            value = newValue;
            put(key, newValue);
            return before;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Map.Entry<?, ?> that
                    && key.equals(that.getKey())
                    && Objects.equals(value, that.getValue());
        }

        @Override
        public int hashCode() {
            return key.hashCode() ^ Objects.hashCode(value);
        }

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    /** Keys and values in turn; values that nobody else has. */
    private Object[] pairsOf(Unit seen) {
        Rows map = (Rows) content();
        if (map == null) {
            return new Object[0];
        }
        Unit unit = map.unitOf(seen.start); // by now perhaps its copy
        boolean own = entries.copier() != null && versions.isAnyOpen();
        if (own) {
            unit = writableMap().writable(unit, entries, versions);
        }
        Object[] pairs = new Object[2 * unit.size];
        int count = 0;
        for (int slot = 0; slot < unit.slots(); slot++) {
            if (unit.isTaken(slot)) {
                pairs[count++] = unit.key(slot);
                pairs[count++] =
                        own
                                ? unit.ownContent(slot, entries.copier(), versions)
                                : unit.content(slot);
            }
        }
        return pairs;
    }

    @Override
    void dropOver(Lifetime lifetime, long nowMs) {
        Iterator<Map.Entry<Object, Object>> all = entries();
        while (all.hasNext()) {
            if (lifetime.isOver(all.next().getValue(), nowMs)) {
                all.remove();
            }
        }
    }

    @Override
    public void value(int keyGroup, Object key, Object namespace, Object value) {
        throw new AssertionError(spec);
    }

    @Override
    public void list(int keyGroup, Object key, Object namespace, List<Object> elements) {
        throw new AssertionError(spec);
    }

    @Override
    public void map(
            int keyGroup,
            Object key,
            Object namespace,
            boolean whole,
            List<Object> removed,
            Map<Object, Object> changed) {
        select(key, namespace);
        if (whole) {
            remove();
        }
        // New entries first: a map that loses its last entry is gone.
        changed.forEach(this::put);
        for (Object mapKey : removed) {
            if (!changed.containsKey(mapKey)) {
                remove(mapKey);
            }
        }
    }
}
