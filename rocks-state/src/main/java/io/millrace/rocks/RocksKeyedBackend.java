package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.ListTable;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * Keyed state in a database on the local disk, with a cache of objects in front. Confined to the
 * task, but for what is frozen.
 */
final class RocksKeyedBackend implements KeyedBackend {
    private static final int GREW_OFTEN = 63;
    private static final int BATCH_BYTES = 128 << 10;
    private static final int MIN_EVICTED = 256;
    private static final int MAX_EVICTED = 2048;

    /** So many rows are counted one by one; of more the database has an estimate. */
    private static final long COUNTED = 50_000;

    private final KeyedBackendRequest request;
    private final Database database;
    private final RestoredTables restored;
    private final ObjectBudget.Share share;
    private final Throttle throttle;
    private final Map<String, CachedTable> tables = new LinkedHashMap<>();
    private final FlushQueue queue = new FlushQueue();
    private final BatchBuilder batch = new BatchBuilder(BATCH_BYTES);
    private final int maxParallelism;
    private final int firstKeyGroup;
    private final int lastKeyGroup;
    private Object key;
    private int keyHash;
    private int grown;
    private boolean closed;

    // From the first freeze until all freezes are settled; null otherwise.
    private Snapshot beforeSettling;
    private ReadOptions readsBeforeSettling;

    // What is in the last complete checkpoint, and by checkpoint id what the snapshot thread has
    // written since.
    private UploadedFiles complete;
    private long lastFullId = Long.MIN_VALUE;
    private final ConcurrentSkipListMap<Long, UploadedFiles> written =
            new ConcurrentSkipListMap<>();

    RocksKeyedBackend(
            KeyedBackendRequest request,
            Database database,
            RestoredTables restored,
            UploadedFiles complete,
            ObjectBudget.Share share,
            Throttle throttle) {
        this.request = request;
        this.database = database;
        this.restored = restored;
        this.complete = complete;
        this.share = share;
        this.throttle = throttle;
        this.maxParallelism = request.maxParallelism();
        this.firstKeyGroup = request.firstKeyGroup();
        this.lastKeyGroup = request.lastKeyGroup();
    }

    Database database() {
        return database;
    }

    String operator() {
        return request.operator();
    }

    Serializer<Object> keys() {
        return request.keys();
    }

    TableCodec codec(TableSpec spec) {
        return new TableCodec(spec, request.keys(), maxParallelism);
    }

    @Override
    public void setKey(Object key, int keyHash) {
        int group = KeyGroups.group(keyHash, maxParallelism);
        if (group < firstKeyGroup || group > lastKeyGroup) {
            throw new MillraceException(
                    ErrorCode.INTERNAL,
                    "operator "
                            + request.operator()
                            + " was given a key of key group "
                            + group
                            + " of "
                            + maxParallelism
                            + ", and this subtask has "
                            + firstKeyGroup
                            + " to "
                            + lastKeyGroup);
        }
        this.key = key;
        this.keyHash = keyHash;
    }

    @Override
    public void forgetKey() {
        key = null;
    }

    @Override
    public Object key() {
        return key;
    }

    @Override
    public int keyHash() {
        return keyHash;
    }

    @Override
    public ValueTable values(TableSpec spec) {
        return table(spec, TableSpec.Shape.VALUE, RocksValueTable.class);
    }

    @Override
    public ListTable lists(TableSpec spec) {
        return table(spec, TableSpec.Shape.LIST, RocksListTable.class);
    }

    @Override
    public MapTable maps(TableSpec spec) {
        return table(spec, TableSpec.Shape.MAP, RocksMapTable.class);
    }

    private <T extends CachedTable> T table(TableSpec spec, TableSpec.Shape shape, Class<T> type) {
        if (spec.shape() != shape) {
            throw new IllegalArgumentException(spec.name() + " is a " + spec.shape());
        }
        CachedTable known = tables.get(spec.name());
        if (known == null) {
            // Filling a table from a checkpoint writes to the database.
            queue.settleAll();
            known = make(spec, restored.claim(spec));
            tables.put(spec.name(), known);
        }
        if (!type.isInstance(known)) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "operator "
                            + request.operator()
                            + " has a state '"
                            + spec.name()
                            + "' of the shape "
                            + known.spec.shape()
                            + ", and asks for one of "
                            + shape
                            + " by the same name. Every state of an operator needs a name of its"
                            + " own.");
        }
        return type.cast(known);
    }

    private CachedTable make(TableSpec spec, StoredTable stored) {
        var handle = database.table(stored.family());
        return switch (spec.shape()) {
            case VALUE -> new RocksValueTable(spec, this, handle);
            case LIST -> new RocksListTable(spec, this, handle);
            case MAP -> new RocksMapTable(spec, this, handle);
        };
    }

    @Override
    public void forEachKey(String table, Object namespace, Consumer<Object> visitor) {
        CachedTable known = tables.get(table);
        if (known == null) {
            return;
        }
        settling();
        Object keyBefore = key;
        int hashBefore = keyHash;
        Object namespaceBefore = known.namespace;
        try {
            known.forEachKey(
                    namespace,
                    (visited, has) -> {
                        key = visited;
                        keyHash = KeyGroups.hash(visited);
                        known.setNamespace(namespace);
                        if (has == null ? known.hasSomething() : has) {
                            visitor.accept(visited);
                        }
                    });
        } finally {
            key = keyBefore;
            keyHash = hashBefore;
            known.setNamespace(namespaceBefore);
        }
    }

    /** Exact while there are few; of many rows, the database's estimate. */
    @Override
    public long entries() {
        long estimate = 0;
        for (CachedTable table : tables.values()) {
            estimate += database.estimatedKeys(table.handle) + table.objects();
        }
        if (estimate > COUNTED) {
            return estimate;
        }
        queue.settleAll();
        settling();
        long rows = 0;
        for (CachedTable table : tables.values()) {
            table.writeAll(batch());
            rows += table.countStored();
        }
        return rows;
    }

    @Override
    public FrozenState freeze(long checkpointId, CheckpointKind kind) {
        return switch (kind) {
            case INCREMENTAL -> freezeFiles(checkpointId);
            case FULL -> {
                // Whoever wants all may distrust what is there: nothing later is built on it.
                complete = UploadedFiles.NONE;
                lastFullId = checkpointId;
                yield freezeRows(checkpointId, kind);
            }
            case SAVEPOINT -> freezeRows(checkpointId, kind);
        };
    }

    /** What has changed goes to the database. */
    private FrozenState freezeFiles(long checkpointId) {
        boolean settled = !settling();
        if (settled) {
            beforeSettling = database.snapshot();
            readsBeforeSettling = new ReadOptions().setSnapshot(beforeSettling);
        }
        List<Flush.Table> changes = new ArrayList<>();
        for (CachedTable table : tables.values()) {
            changes.add(table.freeze(settled));
        }
        LinkedFiles files =
                new LinkedFiles(
                        database, request.directory().resolve("checkpoint-" + checkpointId));
        Flush flush = new Flush(database, changes, files);
        queue.add(flush);
        FrozenState frozen =
                new FrozenFiles(
                        database,
                        queue,
                        flush,
                        files,
                        complete,
                        restored.tables(),
                        firstKeyGroup,
                        lastKeyGroup,
                        uploaded -> written.put(checkpointId, uploaded));
        return restored.with(frozen, checkpointId, CheckpointKind.INCREMENTAL);
    }

    /**
     * What has changed is written beside the rows of the database, and stays in memory as it is.
     */
    private FrozenState freezeRows(long checkpointId, CheckpointKind kind) {
        boolean settled = !settling();
        Map<String, TableFreeze> changes = new HashMap<>();
        tables.forEach((name, table) -> changes.put(name, table.freezeRows(settled)));
        PinnedRows rows = new PinnedRows(database);
        Flush nothing = new Flush(database, List.of(), rows);
        if (settled) {
            nothing.settle();
        } else {
            queue.add(nothing); // the database is as it was at this freeze when earlier ones are
            // settled
        }
        FrozenState frozen =
                new FrozenRows(
                        database, queue, nothing, rows, restored.rowsWriters(tables, changes));
        return restored.with(frozen, checkpointId, kind);
    }

    @Override
    public void onComplete(long checkpointId) {
        UploadedFiles uploaded = written.get(checkpointId);
        written.headMap(checkpointId, true).clear();
        if (uploaded != null && checkpointId > lastFullId) {
            complete = uploaded;
        }
        restored.onComplete(checkpointId);
    }

    @Override
    public void onAborted(long checkpointId) {
        written.remove(checkpointId);
        restored.onAborted(checkpointId);
    }

    /** Whether freezes are being settled; what follows from their end is done here. */
    boolean settling() {
        if (beforeSettling == null) {
            return false;
        }
        if (queue.writesHeldBack()) {
            return true;
        }
        readsBeforeSettling.close();
        database.release(beforeSettling);
        readsBeforeSettling = null;
        beforeSettling = null;
        return false;
    }

    boolean writesHeldBack() {
        return settling();
    }

    /** Reads the database as it was before the oldest freeze; null if none is being settled. */
    ReadOptions readsBeforeSettling() {
        return settling() ? readsBeforeSettling : null;
    }

    /** An empty batch, for use until the next call. */
    BatchBuilder batch() {
        batch.clear();
        return batch;
    }

    void write(BatchBuilder some) {
        assert !queue.writesHeldBack() || some.count() == 0 : "writes are held back";
        database.write(some);
        some.clear();
    }

    void writeIfFull(BatchBuilder some) {
        if (some.sizeBytes() >= BATCH_BYTES) {
            write(some);
        }
    }

    void check(RocksIterator rows) {
        try {
            rows.status();
        } catch (RocksDBException e) {
            throw database.failed("reading", e);
        }
    }

    /** Something has come into memory: from time to time, something else has to go. */
    void grew() {
        if ((++grown & GREW_OFTEN) == 0) {
            makeRoom();
            sweepExpired();
        }
    }

    private void makeRoom() {
        throttle.slow();
        long bytes = 0;
        CachedTable largest = null;
        long most = -1;
        for (CachedTable table : tables.values()) {
            long some = table.bytes();
            bytes += some;
            if (some > most) {
                most = some;
                largest = table;
            }
        }
        share.set(bytes);
        long excess = share.excessBytes();
        if (excess <= 0 || largest == null) {
            return;
        }
        if (settling() && share.farTooMany()) {
            // Nothing can be written until the freezes are settled, so there is no room until then.
            queue.settleAll();
        }
        long each = Math.max(1, most / Math.max(1, largest.cache.entries()));
        int wanted = (int) Math.max(MIN_EVICTED, Math.min(MAX_EVICTED, excess / each));
        largest.evict(wanted, settling(), batch());
    }

    private void sweepExpired() {
        if (!settling()) {
            tables.values().forEach(CachedTable::sweepExpired);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (beforeSettling != null) {
            readsBeforeSettling.close();
            database.release(beforeSettling);
            beforeSettling = null;
            readsBeforeSettling = null;
        }
        share.close();
        database.close();
    }
}
