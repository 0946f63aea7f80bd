package io.millrace.rocks;

import io.millrace.runtime.serde.BinaryReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Goes through the entries of the map of one key and namespace, which the program may change
 * meanwhile. Confined to the task.
 */
abstract class MapEntries implements Iterator<Map.Entry<Object, Object>> {
    final RocksMapTable table;
    final Place place;
    private Entry last; // null before the first, and when it was removed

    private MapEntries(RocksMapTable table) {
        this.table = table;
        this.place = new Place(table);
    }

    /**
     * @param map of the table's current key and namespace
     */
    static MapEntries of(RocksMapTable table, CachedMap map) {
        return map.whole ? new Whole(table, map) : new Part(table, map);
    }

    /** Remembers what {@link #next} returns. */
    final Entry shown(Entry entry) {
        last = entry;
        return entry;
    }

    @Override
    public final void remove() {
        if (last == null) {
            throw new IllegalStateException("nothing was shown, or it was removed already");
        }
        Object gone = last.mapKey;
        last = null;
        place.at(() -> table.remove(gone));
    }

    /** An entry as it is shown. */
    private static final class Entry implements Map.Entry<Object, Object> {
        private final Place place;
        private final Object mapKey;
        private Object value;

        Entry(Place place, Object mapKey, Object value) {
            this.place = place;
            this.mapKey = mapKey;
            this.value = value;
        }

        @Override
        public Object getKey() {
            return mapKey;
        }

        @Override
        public Object getValue() {
            return value;
        }

        @Override
        public Object setValue(Object newValue) {
            Object old = value;
            value = newValue;
            place.at(() -> place.table.put(mapKey, newValue));
            return old;
        }
    }

    /** Key and namespace that an iterator was made for, whatever they are when it goes on. */
    private static final class Place {
        private final RocksMapTable table;
        private final Object key;
        private final int keyHash;
        private final Object space;

        Place(RocksMapTable table) {
            this.table = table;
            this.key = table.backend.key();
            this.keyHash = table.backend.keyHash();
            this.space = table.namespace;
        }

        void at(Runnable action) {
            Object keyNow = table.backend.key();
            int hashNow = table.backend.keyHash();
            Object spaceNow = table.namespace;
            table.backend.setKey(key, keyHash);
            table.namespace = space;
            try {
                action.run();
            } finally {
                table.backend.setKey(keyNow, hashNow);
                table.namespace = spaceNow;
            }
        }
    }

    /** Goes through a map that is in memory as a whole. */
    private static final class Whole extends MapEntries {
        private final Iterator<MapCell> all;
        private MapCell next;

        Whole(RocksMapTable table, CachedMap map) {
            super(table);
            // A list of its own, so that removing by key does not disturb it.
            this.all = new ArrayList<>(map.cells.values()).iterator();
        }

        @Override
        public boolean hasNext() {
            while (next == null && all.hasNext()) {
                MapCell cell = all.next();
                next = cell.present ? cell : null;
            }
            return next != null;
        }

        @Override
        public Map.Entry<Object, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            MapCell cell = next;
            next = null;
            return shown(new Entry(place, cell.mapKey, table.owned(cell)));
        }
    }

    /**
     * Goes through the rows of the database, some at a time, and leaves out what is in memory; that
     * follows at the end.
     */
    private static final class Part extends MapEntries {
        private static final int CHUNK_ROWS = 256;

        private final byte[] prefix;
        private final CachedMap map = new CachedMap();
        private final Iterator<MapCell> inMemory;
        private final List<Entry> chunk = new ArrayList<>();
        private int inChunk;
        private byte[] from; // null when all rows were read

        Part(RocksMapTable table, CachedMap map) {
            super(table);
            this.prefix = table.prefix();
            this.from = prefix;
            // What is in memory now is shown as it is now; rows that come to memory later are rows.
            this.map.cells.putAll(map.cells);
            this.inMemory = new ArrayList<>(map.cells.values()).iterator();
        }

        @Override
        public boolean hasNext() {
            if (inChunk < chunk.size()) {
                return true;
            }
            if (from != null) {
                readChunk();
            }
            while (inChunk == chunk.size() && inMemory.hasNext()) {
                MapCell cell = inMemory.next();
                if (cell.present) {
                    chunk.add(new Entry(place, cell.mapKey, table.owned(cell)));
                }
            }
            return inChunk < chunk.size();
        }

        private void readChunk() {
            chunk.clear();
            inChunk = 0;
            byte[] begin = from;
            from = null;
            table.scan(
                    prefix,
                    begin,
                    (row, value) -> {
                        if (chunk.size() == CHUNK_ROWS) {
                            from = row;
                            return false;
                        }
                        Object mapKey = table.mapKeyOf(row, prefix.length);
                        if (!map.cells.containsKey(table.idOf(mapKey))) {
                            Object object = table.codec.readValueOrNull(new BinaryReader(value));
                            chunk.add(new Entry(place, mapKey, object));
                        }
                        return true;
                    });
        }

        @Override
        public Map.Entry<Object, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return shown(chunk.get(inChunk++));
        }
    }
}
