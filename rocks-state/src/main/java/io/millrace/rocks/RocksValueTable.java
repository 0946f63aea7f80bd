package io.millrace.rocks;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import org.rocksdb.ColumnFamilyHandle;

/**
 * Values. An entry in memory is the value itself, or null where it is known that there is none.
 * Confined to the task.
 */
final class RocksValueTable extends CachedTable implements ValueTable {
    RocksValueTable(TableSpec spec, RocksKeyedBackend backend, ColumnFamilyHandle handle) {
        super(spec, backend, handle);
    }

    @Override
    public Object get() {
        if (!found()) {
            return load();
        }
        Object value = cache.value();
        if (!immutable && value != null && (cache.flags() & EntryCache.SHARED) != 0) {
            // A snapshot has the old one, and the caller may change what it gets.
            value = spec.values().copy(value);
            cache.put(value);
            cache.setFlags(0, EntryCache.SHARED);
        }
        return value;
    }

    private Object load() {
        BinaryReader in = read(codec.key(backend.key(), backend.keyHash(), namespace));
        Object value = in == null ? null : codec.readValue(in);
        insert(value, 0);
        sample(value);
        return value;
    }

    @Override
    public void put(Object value) {
        if (found()) {
            cache.put(value);
            cache.setFlags(EntryCache.DIRTY, EntryCache.SHARED);
        } else {
            insert(value, EntryCache.DIRTY);
            sample(value);
        }
    }

    @Override
    public void remove() {
        put(null);
    }

    @Override
    void write(Object key, Object space, Object entry, TableCodec by, BatchBuilder batch) {
        if (entry == null) {
            batch.remove(handle.getID(), by.key(key, space));
        } else {
            batch.put(handle.getID(), by.key(key, space), by.value(entry));
        }
    }

    @Override
    Object freeze(Object entry) {
        return entry;
    }

    @Override
    Object unwritten(Object entry) {
        return entry;
    }

    @Override
    void settled(Object entry) {
        // It does not matter: what is in memory is whole, or is asked for by its key.
    }

    @Override
    void writeFrozen(Object key, Object space, Object frozen, TableCodec by, BatchBuilder batch) {
        write(key, space, frozen, by, batch);
    }

    @Override
    long objects() {
        return cache.entries();
    }

    @Override
    void gone(Object entry) {}

    @Override
    Boolean hasSomething(Object entry) {
        return entry != null;
    }

    @Override
    boolean hasSomething() {
        return get() != null;
    }
}
