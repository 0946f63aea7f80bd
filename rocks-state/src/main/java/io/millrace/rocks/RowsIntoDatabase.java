package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.TableReader;
import io.millrace.runtime.state.TableSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Fills a table with rows of checkpoints. Confined to the task. */
/* Values and lists, of which each is told as a whole, become files. Maps are looked for in the database while they
 * are read, so that they are written in small batches. */
final class RowsIntoDatabase implements TableReader.Target {
    private static final int BATCH_BYTES = 256 << 10;

    private final KeyedBackendRequest request;
    private final Database database;
    private final ColumnFamilyHandle table;
    private final TableSpec spec;
    private final TableCodec codec;
    private final TableFiles files; // of values and lists
    private final BatchBuilder batch = new BatchBuilder(BATCH_BYTES); // of maps

    /** Where maps begin that are in the batch, and so not in the database yet. */
    private final Set<ByteBuffer> inBatch = new HashSet<>();

    RowsIntoDatabase(
            KeyedBackendRequest request,
            Database database,
            ColumnFamilyHandle table,
            TableSpec spec) {
        this(request, database, table, spec, new TableFiles(database, table));
    }

    RowsIntoDatabase(
            KeyedBackendRequest request,
            Database database,
            ColumnFamilyHandle table,
            TableSpec spec,
            TableFiles files) {
        this.request = request;
        this.files = files;
        this.database = database;
        this.table = table;
        this.spec = spec;
        this.codec = new TableCodec(spec, request.keys(), request.maxParallelism());
    }

    @Override
    public void remove(int keyGroup, Object key, Object namespace) {
        if (spec.shape() == TableSpec.Shape.MAP) {
            removeMap(key, namespace);
            writeIfFull();
        } else {
            files.remove(keyGroup, codec.key(key, namespace));
        }
    }

    @Override
    public void value(int keyGroup, Object key, Object namespace, Object value) {
        files.put(keyGroup, codec.key(key, namespace), codec.value(value));
    }

    @Override
    public void list(int keyGroup, Object key, Object namespace, List<Object> elements) {
        files.put(keyGroup, codec.key(key, namespace), codec.elements(elements.toArray()));
    }

    @Override
    public void map(
            int keyGroup,
            Object key,
            Object namespace,
            boolean whole,
            List<Object> removed,
            Map<Object, Object> entries) {
        if (whole) {
            removeMap(key, namespace);
        }
        int hash = KeyGroups.hash(key);
        for (Object mapKey : removed) {
            batch.remove(table.getID(), codec.key(key, hash, namespace, mapKey));
        }
        entries.forEach(
                (mapKey, value) ->
                        batch.put(
                                table.getID(),
                                codec.key(key, hash, namespace, mapKey),
                                codec.valueOrNull(value)));
        inBatch.add(ByteBuffer.wrap(codec.key(key, namespace).toByteArray()));
        writeIfFull();
    }

    private void removeMap(Object key, Object namespace) {
        byte[] prefix = codec.key(key, namespace).toByteArray();
        if (inBatch.contains(ByteBuffer.wrap(prefix))) {
            writeBatch();
        }
        byte[] end = TableCodec.behind(prefix, prefix.length);
        try (Slice upper = new Slice(end);
                ReadOptions how = new ReadOptions().setIterateUpperBound(upper);
                RocksIterator rows = database.iterator(table, how)) {
            for (rows.seek(prefix); rows.isValid(); rows.next()) {
                byte[] row = rows.key();
                BinaryWriter found = new BinaryWriter(row.length);
                found.writeBytes(row, 0, row.length);
                batch.remove(table.getID(), found);
            }
            rows.status();
        } catch (RocksDBException e) {
            throw database.failed("reading", e);
        }
    }

    /**
     * Copies all rows of another table, of the same database, that was written by other classes.
     */
    void copy(ColumnFamilyHandle from, RowsWriter.Parts readers) {
        TableCodec old = readers.codec(request.maxParallelism());
        try (ReadOptions how = new ReadOptions().setFillCache(false);
                RocksIterator rows = database.iterator(from, how)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                copy(rows.key(), rows.value(), old);
            }
            rows.status();
        } catch (RocksDBException e) {
            throw database.failed("reading", e);
        }
    }

    private void copy(byte[] row, byte[] bytes, TableCodec old) {
        BinaryReader in = CachedTable.afterGroup(row);
        Object key = old.readKey(in);
        Object namespace = old.readNamespace(in);
        int hash = KeyGroups.hash(key);
        int group = checkedGroup(row, key, hash);
        BinaryReader value = new BinaryReader(bytes);
        switch (spec.shape()) {
            case VALUE ->
                    files.put(
                            group,
                            codec.key(key, hash, namespace),
                            codec.value(old.readValue(value)));
            case LIST -> {
                List<Object> elements = new ArrayList<>();
                while (value.remaining() > 0) {
                    elements.add(old.readValue(value));
                }
                files.put(
                        group, codec.key(key, hash, namespace), codec.elements(elements.toArray()));
            }
            case MAP -> {
                batch.put(
                        table.getID(),
                        codec.key(key, hash, namespace, old.readMapKey(in)),
                        codec.valueOrNull(old.readValueOrNull(value)));
                writeIfFull();
            }
        }
    }

    private int checkedGroup(byte[] row, Object key, int hash) {
        int was = (row[0] & 0xFF) << 8 | row[1] & 0xFF;
        int now = KeyGroups.group(hash, request.maxParallelism());
        if (was != now) {
            throw new MillraceException(
                    ErrorCode.SCHEMA_INCOMPATIBLE,
                    "state '"
                            + spec.name()
                            + "' of operator "
                            + request.operator()
                            + ": a key of the class "
                            + key.getClass().getName()
                            + " was written in key group "
                            + was
                            + " and belongs to "
                            + now
                            + " now, of "
                            + request.maxParallelism()
                            + ". The hash of a key must stay what it was: fields that are added to"
                            + " it must not be part of its hashCode.");
        }
        return now;
    }

    private void writeIfFull() {
        if (batch.sizeBytes() >= BATCH_BYTES) {
            writeBatch();
        }
    }

    /** Writes what is left. */
    void finish() {
        writeBatch();
        files.finish();
    }

    private void writeBatch() {
        database.write(batch);
        batch.clear();
        inBatch.clear();
    }
}
