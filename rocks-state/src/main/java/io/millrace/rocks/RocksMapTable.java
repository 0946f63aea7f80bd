package io.millrace.rocks;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;

/**
 * Maps. Each entry of a map is a row of the database. An entry in memory is a {@link CachedMap}:
 * those of the map's entries that were used or changed, or all of them. Confined to the task.
 */
final class RocksMapTable extends CachedTable implements MapTable {
    /** A map of so many entries is brought into memory as a whole when it is looked through. */
    private static final int SMALL = 1000;

    /** A map has so many entries in memory, or all are written and let go. */
    private static final int MANY = 4096;

    /** In the place of a value: the entry is not there. */
    static final Object REMOVED = new Object();

    private final boolean byEquality;
    private long cells;

    RocksMapTable(TableSpec spec, RocksKeyedBackend backend, ColumnFamilyHandle handle) {
        super(spec, backend, handle);
        byEquality = SchemaTraits.equalAsBytes(spec.mapKeys().schema());
    }

    /**
     * What has changed of a map; values that are gone are {@link #REMOVED}.
     *
     * @param from where the rows begin that are to be removed first, which are all of the map; null
     *     if none are
     */
    record Change(byte[] from, byte[] to, Object[] mapKeys, Object[] values) {}

    @Override
    public Object get(Object mapKey) {
        MapCell cell = lookUp(mapKey);
        if (cell == null || !cell.present) {
            return null;
        }
        return owned(cell);
    }

    /** The value, as the caller may change it. */
    Object owned(MapCell cell) {
        if (cell.shared) {
            cell.value = cell.value == null ? null : spec.values().copy(cell.value);
            cell.shared = false;
        }
        return cell.value;
    }

    @Override
    public boolean contains(Object mapKey) {
        MapCell cell = lookUp(mapKey);
        return cell != null && cell.present;
    }

    /** Null if the map has no such entry; a cell that is not present says the same. */
    private MapCell lookUp(Object mapKey) {
        CachedMap map = current();
        Object id = idOf(mapKey);
        MapCell cell = map.cells.get(id);
        if (cell != null || map.whole) {
            return cell;
        }
        BinaryReader in = read(codec.key(backend.key(), backend.keyHash(), namespace, mapKey));
        MapCell read = new MapCell(mapKey, false);
        if (in != null) {
            read.present = true;
            read.value = codec.readValueOrNull(in);
        }
        add(map, id, read);
        trim(map);
        backend.grew();
        return read;
    }

    @Override
    public void put(Object mapKey, Object value) {
        CachedMap map = current();
        Object id = idOf(mapKey);
        MapCell cell = map.cells.get(id);
        if (cell == null) {
            cell = new MapCell(mapKey, map.whole);
            add(map, id, cell);
        }
        set(map, cell, value, true);
        sample(value);
        trim(map);
        backend.grew();
    }

    @Override
    public void remove(Object mapKey) {
        CachedMap map = current();
        Object id = idOf(mapKey);
        MapCell cell = map.cells.get(id);
        if (cell == null) {
            if (map.whole) {
                return;
            }
            cell = new MapCell(mapKey, false);
            add(map, id, cell);
            set(map, cell, null, false);
        } else if (cell.onlyHere) {
            map.cells.remove(id);
            cells--;
            drop(map, cell);
        } else if (cell.present) {
            set(map, cell, null, false);
        }
        trim(map);
        backend.grew();
    }

    private static void drop(CachedMap map, MapCell cell) {
        map.present -= cell.present ? 1 : 0;
        cell.present = false;
        cell.value = null;
        map.forget(cell);
    }

    private void add(CachedMap map, Object id, MapCell cell) {
        map.cells.put(id, cell);
        map.present += cell.present ? 1 : 0;
        cells++;
    }

    private void set(CachedMap map, MapCell cell, Object value, boolean present) {
        map.present += (present ? 1 : 0) - (cell.present ? 1 : 0);
        cell.value = value;
        cell.present = present;
        cell.shared = false;
        map.change(cell);
        cache.setFlags(EntryCache.DIRTY, 0);
    }

    /** Keeps a map from growing in memory for ever, be it by entries or by what was removed. */
    private void trim(CachedMap map) {
        int removed = map.cells.size() - map.present;
        boolean large = map.cells.size() >= MANY || removed > 64 && removed > map.present;
        if (!large || backend.writesHeldBack()) {
            return;
        }
        BatchBuilder batch = backend.batch();
        write(backend.key(), namespace, map, codec, batch);
        backend.write(batch);
        map.written();
        cache.setFlags(0, EntryCache.DIRTY);
        cells -= map.cells.size();
        if (map.whole && map.present < MANY / 2) {
            map.cells.values().removeIf(cell -> !cell.present);
        } else {
            map.cells.clear();
            map.present = 0;
            map.whole = false;
        }
        cells += map.cells.size();
    }

    @Override
    public boolean isEmpty() {
        CachedMap map = current();
        if (map.present > 0) {
            return false;
        }
        return map.whole || !hasOtherRows(map);
    }

    private boolean hasOtherRows(CachedMap map) {
        boolean[] has = new boolean[1];
        byte[] prefix = prefix();
        scan(
                prefix,
                prefix,
                (row, value) -> {
                    has[0] = !map.cells.containsKey(idOf(mapKeyOf(row, prefix.length)));
                    return !has[0];
                });
        return has[0];
    }

    @Override
    public Iterator<Map.Entry<Object, Object>> entries() {
        CachedMap map = current();
        if (!map.whole) {
            bringIn(map);
        }
        return MapEntries.of(this, map);
    }

    /** Brings all entries into memory, if they are few. */
    private void bringIn(CachedMap map) {
        byte[] prefix = prefix();
        List<MapCell> more = new ArrayList<>();
        boolean[] many = new boolean[1];
        scan(
                prefix,
                prefix,
                (row, value) -> {
                    Object mapKey = mapKeyOf(row, prefix.length);
                    if (!map.cells.containsKey(idOf(mapKey))) {
                        MapCell cell = new MapCell(mapKey, false);
                        cell.present = true;
                        cell.value = codec.readValueOrNull(new BinaryReader(value));
                        more.add(cell);
                    }
                    many[0] = more.size() > SMALL;
                    return !many[0];
                });
        if (!many[0]) {
            more.forEach(cell -> add(map, idOf(cell.mapKey), cell));
            map.whole = true;
        }
    }

    @Override
    public void clear() {
        CachedMap map = current();
        if (!map.whole) {
            bringIn(map);
        }
        if (!map.whole) {
            byte[] prefix = prefix();
            map.removeFrom = prefix;
            map.removeTo = TableCodec.behind(prefix, prefix.length);
            cells -= map.cells.size();
            map.clear();
            map.whole = true;
            cache.setFlags(EntryCache.DIRTY, 0);
            return;
        }
        Iterator<MapCell> all = map.cells.values().iterator();
        while (all.hasNext()) {
            MapCell cell = all.next();
            if (cell.onlyHere) {
                all.remove();
                cells--;
                drop(map, cell);
            } else if (cell.present) {
                set(map, cell, null, false);
            }
        }
        trim(map);
    }

    /** The map of the current key, with the cursor at it; made if it is not in memory. */
    private CachedMap current() {
        if (found()) {
            return (CachedMap) cache.value();
        }
        CachedMap map = new CachedMap();
        insert(map, 0);
        return map;
    }

    /** Where the rows of the current key and namespace begin. */
    byte[] prefix() {
        return codec.key(backend.key(), backend.keyHash(), namespace).toByteArray();
    }

    Object mapKeyOf(byte[] row, int prefixLength) {
        return codec.readMapKey(new BinaryReader(row, prefixLength, row.length - prefixLength));
    }

    /** What stands for a map key in memory: itself, if its equality is that of its bytes. */
    Object idOf(Object mapKey) {
        return byEquality ? mapKey : new Bytes(codec.mapKeyBytes(mapKey));
    }

    @Override
    void write(Object key, Object space, Object entry, TableCodec by, BatchBuilder batch) {
        Change change = changeOf((CachedMap) entry, false);
        writeFrozen(key, space, change, by, batch);
    }

    @Override
    Object freeze(Object entry) {
        CachedMap map = (CachedMap) entry;
        Change change = changeOf(map, !immutable);
        map.written();
        return change;
    }

    @Override
    Change unwritten(Object entry) {
        return changeOf((CachedMap) entry, !immutable);
    }

    private static Change changeOf(CachedMap map, boolean share) {
        map.changed.removeIf(cell -> !cell.changed);
        int count = map.changed.size();
        Object[] mapKeys = new Object[count];
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            MapCell cell = map.changed.get(i);
            mapKeys[i] = cell.mapKey;
            values[i] = cell.present ? cell.value : REMOVED;
            cell.shared |= share;
        }
        return new Change(map.removeFrom, map.removeTo, mapKeys, values);
    }

    @Override
    void settled(Object entry) {
        // It does not matter: what is in memory is whole, or is asked for by its key.
    }

    @Override
    void writeFrozen(Object key, Object space, Object frozen, TableCodec by, BatchBuilder batch) {
        Change change = (Change) frozen;
        if (change.from() != null) {
            batch.removeRange(handle.getID(), change.from(), change.to());
        }
        int hash = io.millrace.runtime.plan.KeyGroups.hash(key);
        for (int i = 0; i < change.mapKeys().length; i++) {
            BinaryWriter row = by.key(key, hash, space, change.mapKeys()[i]);
            Object value = change.values()[i];
            if (value == REMOVED) {
                batch.remove(handle.getID(), row);
            } else {
                batch.put(handle.getID(), row, by.valueOrNull(value));
            }
        }
    }

    @Override
    long objects() {
        // A cell with its node of the hash map, and the map key.
        return cells * 3 + cache.entries() * 2L;
    }

    @Override
    void gone(Object entry) {
        cells -= ((CachedMap) entry).cells.size();
    }

    @Override
    Boolean hasSomething(Object entry) {
        CachedMap map = (CachedMap) entry;
        return map.present > 0 ? Boolean.TRUE : map.whole ? Boolean.FALSE : null;
    }

    @Override
    boolean hasSomething() {
        return !isEmpty();
    }

    /** Bytes with equality. Immutable. */
    private record Bytes(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && java.util.Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes);
        }
    }
}
