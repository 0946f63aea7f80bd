package io.millrace.runtime.state.heap;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.Lifetime;
import io.millrace.runtime.state.ListTable;
import io.millrace.runtime.state.MapTable;
import io.millrace.runtime.state.PieceChain;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableReader;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.UnclaimedParts;
import io.millrace.runtime.state.ValueTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Keyed state as objects in memory. Confined to the task, but for what is frozen. */
final class HeapBackend implements KeyedBackend {
    private final KeyedBackendRequest request;
    private final Versions versions = new Versions();
    private final CurrentKey keys;
    private final Map<String, HeapTable> tables = new LinkedHashMap<>();
    private final UnclaimedParts unclaimed;
    private final List<HeapTable> cleanedByRecord = new ArrayList<>();

    // What is in the last complete checkpoint; null before the first one.
    private StoredTables complete;

    // What the restored checkpoint has, by table: what its rows are since they were read.
    private final Map<String, StoredTable> restored = new HashMap<>();
    private long lastFullId = Long.MIN_VALUE;

    /** By checkpoint id. The snapshot thread adds what it has written, the task takes it out. */
    private final ConcurrentSkipListMap<Long, StoredTables> written = new ConcurrentSkipListMap<>();

    private int[] mixedHashes = {};
    private int[] groupIndexes = {};
    private HeapTable.Probe[] probes = {};

    HeapBackend(KeyedBackendRequest request) {
        this.request = request;
        this.keys =
                new CurrentKey(
                        request.operator(),
                        request.firstKeyGroup(),
                        request.keyGroups(),
                        request.maxParallelism());
        this.unclaimed =
                new UnclaimedParts(
                        request.restored(),
                        request.firstKeyGroup(),
                        request.lastKeyGroup(),
                        request.segments());
    }

    Versions versions() {
        return versions;
    }

    CurrentKey keys() {
        return keys;
    }

    Serializer<Object> keySerializer() {
        return request.keys();
    }

    int keyGroups() {
        return request.keyGroups();
    }

    /** The version of the last complete checkpoint; what was removed by then can be forgotten. */
    int completedVersion() {
        return complete == null ? 0 : complete.version();
    }

    @Override
    public void setKey(Object key, int keyHash) {
        keys.set(key, keyHash);
        for (int i = 0; i < cleanedByRecord.size(); i++) {
            cleanedByRecord.get(i).cleanUp();
        }
    }

    @Override
    public void forgetKey() {
        keys.forget();
    }

    /** For a key that is in a table. */
    void setKeyAgain(Object key) {
        keys.set(key, KeyGroups.hash(key));
    }

    @Override
    public Object key() {
        return keys.key;
    }

    @Override
    public int keyHash() {
        return keys.keyHash;
    }

    @Override
    public ValueTable values(TableSpec spec) {
        return table(spec, TableSpec.Shape.VALUE, HeapValueTable.class, HeapValueTable::new);
    }

    @Override
    public ListTable lists(TableSpec spec) {
        return table(spec, TableSpec.Shape.LIST, HeapListTable.class, HeapListTable::new);
    }

    @Override
    public MapTable maps(TableSpec spec) {
        return table(spec, TableSpec.Shape.MAP, HeapMapTable.class, HeapMapTable::new);
    }

    private <T extends HeapTable> T table(
            TableSpec spec,
            TableSpec.Shape shape,
            Class<T> type,
            BiFunction<HeapBackend, TableSpec, T> maker) {
        if (spec.shape() != shape) {
            throw new IllegalArgumentException(spec.name() + " is a " + spec.shape());
        }
        HeapTable known = tables.get(spec.name());
        if (known == null) {
            known = filled(maker.apply(this, spec));
            tables.put(spec.name(), known);
            if (spec.lifetime() != null && spec.lifetime().cleanedByRecord()) {
                cleanedByRecord.add(known);
            }
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

    private HeapTable filled(HeapTable table) {
        List<RestoredPart> parts = unclaimed.named(table.spec.name());
        if (parts.isEmpty()) {
            return table;
        }
        boolean goesOn = isBuiltOn(parts, table.spec);
        if (goesOn) {
            versions.track();
        }
        CurrentKey.Saved before = keys.save();
        try {
            new TableReader(request, table.spec).read(parts, table);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "state '"
                            + table.spec.name()
                            + "' of operator "
                            + request.operator()
                            + " cannot be read from the checkpoint: "
                            + e.getMessage(),
                    e);
        } finally {
            keys.restore(before);
        }
        unclaimed.claimed(table.spec.name());
        if (goesOn) {
            List<StatePart> own =
                    UnclaimedParts.narrowed(parts, request.firstKeyGroup(), request.lastKeyGroup());
            restored.put(
                    table.spec.name(), new StoredTable(PieceChain.restored(own), versions.next()));
        }
        return table;
    }

    /** Whether checkpoints may refer to these parts, and add what has changed. */
    private boolean isBuiltOn(List<RestoredPart> parts, TableSpec spec) {
        byte[] today = TableForm.of(spec, request.keys()).toBytes();
        return lastFullId == Long.MIN_VALUE
                && CheckpointSettings.from(request.config()).incremental()
                && parts.stream()
                        .map(RestoredPart::part)
                        .allMatch(
                                part ->
                                        part.form().equals(TableForm.NAME)
                                                && Arrays.equals(part.description(), today));
    }

    @Override
    public void forEachKey(String table, Object namespace, Consumer<Object> visitor) {
        HeapTable known = tables.get(table);
        if (known != null) {
            CurrentKey.Saved before = keys.save();
            try {
                known.forEachKey(namespace, visitor);
            } finally {
                keys.restore(before);
            }
        }
    }

    @Override
    public long entries() {
        return tables.values().stream().mapToLong(HeapTable::size).sum();
    }

    @Override
    public void clear() {
        tables.values().forEach(HeapTable::dropAll);
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        boolean large = false;
        for (HeapTable table : tables.values()) {
            large |= table.isLarge();
        }
        if (!large) {
            return;
        }
        if (mixedHashes.length < count) {
            mixedHashes = new int[count];
            groupIndexes = new int[count];
            probes = new HeapTable.Probe[count];
            Arrays.setAll(probes, unused -> new HeapTable.Probe());
        }
        for (int i = 0; i < count; i++) {
            int mixed = KeyGroups.murmur(keyHashes[i]);
            mixedHashes[i] = mixed;
            groupIndexes[i] =
                    KeyGroups.groupOfMixed(mixed, request.maxParallelism())
                            - request.firstKeyGroup();
        }
        for (HeapTable table : tables.values()) {
            table.expect(mixedHashes, groupIndexes, count, probes);
        }
    }

    @Override
    public FrozenState freeze(long checkpointId, CheckpointKind kind) {
        switch (kind) {
            case INCREMENTAL -> versions.track();
            case FULL -> {
                // Whoever wants all may distrust what is there: nothing later is built on it.
                complete = null;
                restored.clear();
                lastFullId = checkpointId;
            }
            case SAVEPOINT -> {
                // The next checkpoint goes on from the one before.
            }
        }
        int version = versions.freeze();
        List<FrozenTable> frozen = new ArrayList<>();
        for (HeapTable table : tables.values()) {
            StoredTable stored = kind.standsAlone() ? null : baseOf(table.spec.name(), version);
            frozen.add(
                    new FrozenTable(
                            table.spec,
                            request.keys(),
                            table.layout,
                            request.firstKeyGroup(),
                            table.freeze(),
                            stored == null ? null : stored.chain(),
                            stored == null ? 0 : stored.version(),
                            version,
                            overMs(table.spec.lifetime(), kind)));
        }
        return new FrozenTables(
                versions,
                version,
                kind,
                request.firstKeyGroup(),
                request.lastKeyGroup(),
                frozen,
                unclaimed.freeze(checkpointId, kind),
                stored -> written.put(checkpointId, stored));
    }

    /** What an incremental checkpoint adds the changes of a table to; null if it writes all. */
    private StoredTable baseOf(String table, int version) {
        StoredTable base = complete == null ? null : complete.tables().get(table);
        if (base == null) {
            base = restored.get(table);
        }
        return base == null || version - base.version() > Versions.WINDOW || base.chain().isWorn()
                ? null
                : base;
    }

    private static long overMs(Lifetime lifetime, CheckpointKind kind) {
        return lifetime == null || !kind.standsAlone() || !lifetime.notInFullSnapshots()
                ? FrozenTable.SHOWS_ALL
                : lifetime.nowMs();
    }

    @Override
    public void onComplete(long checkpointId) {
        StoredTables stored = written.get(checkpointId);
        written.headMap(checkpointId, true).clear();
        if (stored != null && checkpointId > lastFullId) {
            complete = stored;
        }
        unclaimed.onComplete(checkpointId);
    }

    @Override
    public void onAborted(long checkpointId) {
        written.remove(checkpointId);
        unclaimed.onAborted(checkpointId);
    }

    @Override
    public void close() {
        tables.clear();
    }
}
