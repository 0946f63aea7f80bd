package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * One table: its entries in memory, and the way to those in the database. Confined to the task.
 *
 * <p>What a key and namespace have in memory depends on the shape; the subclasses say.
 */
abstract class CachedTable {
    private static final int REFERENCE_BYTES = 4;
    private static final int TAG_BYTES = 4;
    private static final int FIRST_BUFFER_BYTES = 1024;
    private static final int SWEPT_FOR_EACH = 16;
    private static final int SAMPLE_EVERY = 64;

    final TableSpec spec;
    final RocksKeyedBackend backend;
    final Database database;
    final ColumnFamilyHandle handle;
    final EntryCache cache;
    final TableCodec codec;
    final boolean immutable;
    private final boolean needsNamespace;
    final SizeEstimate objectBytes = new SizeEstimate();
    private final ExpiredRows expired; // null if nobody looks for them
    private final Serializer<Object> keys;
    private final SizeEstimate keyBytes = new SizeEstimate();
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int samples;
    Object namespace;

    CachedTable(TableSpec spec, RocksKeyedBackend backend, ColumnFamilyHandle handle) {
        this.spec = spec;
        this.backend = backend;
        this.database = backend.database();
        this.handle = handle;
        this.keys = backend.keys();
        this.cache = new EntryCache(spec.namespaces() != null);
        this.codec = backend.codec(spec);
        this.needsNamespace = spec.namespaces() != null;
        this.immutable = spec.values().immutable();
        this.expired = ExpiredRows.of(this);
    }

    /** Writes what has changed of an entry. */
    abstract void write(
            Object key, Object namespaceOrNull, Object entry, TableCodec by, BatchBuilder batch);

    /**
     * What {@link #write} needs of a changed entry; nobody changes it afterwards. On any thread,
     * while no other one touches the entry.
     */
    abstract Object freeze(Object entry);

    /**
     * The database has all that was frozen of an entry so far. On any thread, while no other one
     * touches the entry.
     */
    abstract void settled(Object entry);

    /** Writes what {@link #freeze} gave. On the thread of who settles. */
    abstract void writeFrozen(
            Object key, Object namespaceOrNull, Object frozen, TableCodec by, BatchBuilder batch);

    /**
     * What the database lacks of an entry, as it is now, in the form that {@link RowsWriter} takes;
     * nobody changes it afterwards. The entry stays as it is. Threads as with {@link #freeze}.
     */
    abstract Object unwritten(Object entry);

    /** Objects that entries have of the kind of the spec's values; for the estimate of memory. */
    abstract long objects();

    /** An entry has left the cache. */
    abstract void gone(Object entry);

    /** Whether an entry has something; null if that is known only together with the database. */
    abstract Boolean hasSomething(Object entry);

    /** Whether the current key has something, in memory or in the database. */
    abstract boolean hasSomething();

    public void setNamespace(Object namespace) {
        this.namespace = namespace;
    }

    /** Sets the cursor of the cache, if what the current key has is there. */
    final boolean found() {
        Object key = backend.key();
        if (key == null || needsNamespace && namespace == null) {
            throw missing();
        }
        return cache.isAt(key, namespace) || cache.find(key, namespace, hash());
    }

    final int hash() {
        return EntryCache.hash(backend.keyHash(), namespace);
    }

    private MillraceException missing() {
        return new MillraceException(
                ErrorCode.USER_CODE_FAILED,
                "state '"
                        + spec.name()
                        + "' of operator "
                        + backend.operator()
                        + " was used where there is no current key, such as in open(): keyed state"
                        + " can be read and changed while a record or a timer is processed.");
    }

    /** Adds an entry of the current key, which is not there; first makes room for it. */
    final void insert(Object entry, int flags) {
        backend.grew();
        Object key = backend.key();
        cache.insert(key, keys.copy(key), namespace, hash(), entry, flags);
    }

    /** Looks so many times into keys and values that the estimate of memory is not far off. */
    final void sample(Object object) {
        if (samples++ % SAMPLE_EVERY == 0) {
            keyBytes.sample(codec.key(backend.key(), backend.keyHash(), namespace).size());
            if (object != null) {
                objectBytes.sample(codec.value(object).size());
            }
        }
    }

    /** Bytes of heap, about. */
    final long bytes() {
        long arrays =
                cache.slots()
                        * (TAG_BYTES + REFERENCE_BYTES * (spec.namespaces() == null ? 2L : 3L));
        return arrays
                + (long) (cache.entries() * keyBytes.bytes())
                + (long) (objects() * objectBytes.bytes());
    }

    /** The value of a key in the database; null if there is none. */
    final BinaryReader read(BinaryWriter key) {
        return read(key, null);
    }

    final BinaryReader read(BinaryWriter key, ReadOptions how) {
        while (true) {
            int length =
                    how == null
                            ? database.get(handle, key, buffer)
                            : database.get(handle, how, key, buffer);
            if (length == Database.NOT_FOUND) {
                return null;
            }
            if (length <= buffer.length) {
                return new BinaryReader(buffer, 0, length);
            }
            buffer = new byte[Integer.highestOneBit(length) * 2];
        }
    }

    /**
     * Removes entries that were not used lately.
     *
     * @param writesHeldBack then only those that the database has
     */
    final void evict(int wanted, boolean writesHeldBack, BatchBuilder batch) {
        cache.sweep(
                wanted,
                (long) wanted * SWEPT_FOR_EACH,
                (key, space, entry, flags) -> {
                    if (writesHeldBack && (flags & (EntryCache.DIRTY | EntryCache.PENDING)) != 0) {
                        return false;
                    }
                    if ((flags & EntryCache.DIRTY) != 0) {
                        write(key, space, entry, codec, batch);
                        backend.writeIfFull(batch);
                    }
                    gone(entry);
                    return true;
                });
        backend.write(batch);
    }

    /** Removes some of what has expired from the database; no writes may be held back. */
    final void sweepExpired() {
        if (expired != null) {
            expired.sweep(backend.batch());
        }
    }

    /** Writes all that has changed, and keeps it. */
    final void writeAll(BatchBuilder batch) {
        cache.forEach(
                EntryCache.DIRTY,
                (key, space, entry, flags) -> {
                    // As if it had been frozen and settled at once.
                    Object frozen = freeze(entry);
                    writeFrozen(key, space, frozen, codec, batch);
                    settled(entry);
                    backend.writeIfFull(batch);
                    return flags & ~EntryCache.DIRTY;
                });
        backend.write(batch);
    }

    /**
     * Freezes the table for the database, which is to have all that has changed.
     *
     * @param settled whether the database has all that was frozen before
     */
    final Flush.Table freeze(boolean settled) {
        TableCodec other = backend.codec(spec);
        int shared = immutable ? 0 : EntryCache.SHARED;
        TableFreeze changes =
                cache.freeze(
                        settled ? EntryCache.DIRTY | EntryCache.PENDING : EntryCache.DIRTY,
                        (key, space, entry, flags, into) -> {
                            if (settled) {
                                settled(entry);
                            }
                            if ((flags & EntryCache.DIRTY) == 0) {
                                return flags & ~EntryCache.PENDING; // of an earlier freeze
                            }
                            into.add(key, space, freeze(entry));
                            return flags & ~EntryCache.DIRTY | EntryCache.PENDING | shared;
                        });
        return new Flush.Table(
                changes,
                (key, space, frozen, batch) -> writeFrozen(key, space, frozen, other, batch));
    }

    /**
     * Freezes the table for who writes rows: what the database lacks. Nothing is written to it, so
     * what has changed is still changed afterwards.
     *
     * @param settled whether the database has all that was frozen before
     */
    final TableFreeze freezeRows(boolean settled) {
        int shared = immutable ? 0 : EntryCache.SHARED;
        return cache.freeze(
                settled ? EntryCache.DIRTY | EntryCache.PENDING : EntryCache.DIRTY,
                (key, space, entry, flags, into) -> {
                    int now = flags;
                    if (settled) {
                        settled(entry);
                        now &= ~EntryCache.PENDING;
                    }
                    if ((now & EntryCache.DIRTY) != 0) {
                        into.add(key, space, unwritten(entry));
                        now |= shared;
                    }
                    return now;
                });
    }

    /** Shows all keys that have something in the namespace. */
    final void forEachKey(Object wantedNamespace, KeyVisitor visitor) {
        Map<Object, Boolean> changed = new HashMap<>();
        cache.forEach(
                EntryCache.DIRTY | EntryCache.PENDING,
                (key, space, entry, flags) -> {
                    if (wantedNamespace == null || wantedNamespace.equals(space)) {
                        // Null stands for: ask the database, too.
                        changed.put(key, hasSomething(entry));
                    }
                    return flags;
                });
        try (ReadOptions how = new ReadOptions();
                RocksIterator rows = database.iterator(handle, how)) {
            byte[] last = new byte[0];
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                byte[] row = rows.key();
                if (last.length > 0 && startsWith(row, last)) {
                    continue; // another map key of the same key
                }
                BinaryReader in = afterGroup(row);
                Object key = codec.readKey(in);
                Object space = codec.readNamespace(in);
                last = Arrays.copyOf(row, row.length - in.remaining());
                if (wantedNamespace == null || wantedNamespace.equals(space)) {
                    boolean known = changed.containsKey(key);
                    Boolean has = known ? changed.remove(key) : Boolean.TRUE;
                    visitor.visit(key, has);
                }
            }
            backend.check(rows);
        }
        changed.forEach(visitor::visit);
    }

    /** Sees a key; null if it has to be looked at whether there is something. */
    @FunctionalInterface
    interface KeyVisitor {
        void visit(Object key, Boolean hasSomething);
    }

    /** Keys that have something in the database. */
    final long countStored() {
        long found = 0;
        byte[] last = new byte[0];
        try (ReadOptions how = new ReadOptions();
                RocksIterator rows = database.iterator(handle, how)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                byte[] row = rows.key();
                if (last.length == 0 || !startsWith(row, last)) {
                    BinaryReader in = afterGroup(row);
                    codec.readKey(in);
                    codec.readNamespace(in);
                    last = Arrays.copyOf(row, row.length - in.remaining());
                    found++;
                }
            }
            backend.check(rows);
        }
        return found;
    }

    static BinaryReader afterGroup(byte[] row) {
        return new BinaryReader(row, TableCodec.GROUP_BYTES, row.length - TableCodec.GROUP_BYTES);
    }

    /** Reads the rows that begin with a prefix. */
    final void scan(byte[] prefix, byte[] from, RowVisitor visitor) {
        byte[] end = TableCodec.behind(prefix, prefix.length);
        try (Slice upper = end == null ? null : new Slice(end);
                ReadOptions how = new ReadOptions()) {
            if (upper != null) {
                how.setIterateUpperBound(upper);
            }
            try (RocksIterator rows = database.iterator(handle, how)) {
                for (rows.seek(from); rows.isValid(); rows.next()) {
                    if (!visitor.visit(rows.key(), rows.value())) {
                        return;
                    }
                }
                backend.check(rows);
            }
        }
    }

    /** Sees a row of the database. */
    @FunctionalInterface
    interface RowVisitor {
        /** Whether the next one is wanted, too. */
        boolean visit(byte[] row, byte[] value);
    }

    static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
