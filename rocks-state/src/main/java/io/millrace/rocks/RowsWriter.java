package io.millrace.rocks;

import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSegments;
import io.millrace.runtime.state.TableSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** Writes the rows of one table as units of {@link TableForm}. Confined to a snapshot thread. */
final class RowsWriter {
    private static final int UNIT_BYTES = 64 << 10;
    private static final int GROUP_BYTES = TableCodec.GROUP_BYTES;

    private final StoredTable table;
    private final ColumnFamilyHandle handle;
    private final Database database;
    private final TableCodec codec;
    private final Parts parts;
    private final int firstKeyGroup;
    private final int lastKeyGroup;

    /** The serializers that a row is written with again. Immutable. */
    record Parts(
            Serializer<Object> keys,
            Serializer<Object> namespaces,
            Serializer<Object> mapKeys,
            Serializer<Object> values) {
        static Parts of(TableSpec spec, Serializer<Object> keys) {
            return new Parts(keys, spec.namespaces(), spec.mapKeys(), spec.values());
        }

        TableCodec codec(int maxParallelism) {
            return new TableCodec(keys, namespaces, mapKeys, values, maxParallelism);
        }
    }

    RowsWriter(
            StoredTable table,
            Database database,
            Parts parts,
            int maxParallelism,
            int firstKeyGroup,
            int lastKeyGroup) {
        this.table = table;
        this.database = database;
        this.handle = database.table(table.family());
        this.parts = parts;
        this.codec = parts.codec(maxParallelism);
        this.firstKeyGroup = firstKeyGroup;
        this.lastKeyGroup = lastKeyGroup;
    }

    StatePart writeTo(SegmentOutput out, Snapshot snapshot) throws IOException {
        TableSegments segments = new TableSegments(out);
        try (ReadOptions how = new ReadOptions().setSnapshot(snapshot).setFillCache(false);
                RocksIterator rows = database.iterator(handle, how)) {
            rows.seekToFirst();
            while (rows.isValid()) {
                writeUnit(rows, segments);
            }
            rows.status();
        } catch (RocksDBException e) {
            throw new IOException(
                    "reading state '" + table.name() + "' failed: " + e.getMessage(), e);
        }
        return new StatePart(
                StatePart.Kind.KEYED,
                table.name(),
                TableForm.NAME,
                firstKeyGroup,
                lastKeyGroup,
                0,
                codec.form(table.form().shape()).toBytes(),
                segments.finish());
    }

    /** Rows of one key group, until it ends or is enough. */
    private void writeUnit(RocksIterator rows, TableSegments segments) throws IOException {
        byte[] row = rows.key();
        int group = group(row);
        BinaryWriter out = segments.beginUnit(group);
        int begin = out.size();
        int count = 0;
        while (row != null && group(row) == group && out.size() - begin < UNIT_BYTES) {
            row = writeRow(rows, row, out);
            count++;
        }
        segments.endUnit(0, count);
    }

    /** Returns the next row, null at the end. */
    private byte[] writeRow(RocksIterator rows, byte[] row, BinaryWriter out) {
        BinaryReader in = new BinaryReader(row, GROUP_BYTES, row.length - GROUP_BYTES);
        Object key = codec.readKey(in);
        Object namespace = codec.readNamespace(in);
        if (namespace != null) {
            parts.namespaces.write(namespace, out);
        }
        parts.keys.write(key, out);
        BinaryReader value = new BinaryReader(rows.value());
        return switch (table.form().shape()) {
            case VALUE -> {
                parts.values.write(codec.readValue(value), out);
                yield next(rows);
            }
            case LIST -> {
                writeList(value, out);
                yield next(rows);
            }
            case MAP -> {
                int prefixLength = row.length - in.remaining();
                yield writeMap(rows, Arrays.copyOf(row, prefixLength), out);
            }
        };
    }

    private void writeList(BinaryReader value, BinaryWriter out) {
        List<Object> elements = new ArrayList<>();
        while (value.remaining() > 0) {
            elements.add(codec.readValue(value));
        }
        out.writeInt(elements.size());
        elements.forEach(element -> parts.values.write(element, out));
    }

    private byte[] writeMap(RocksIterator rows, byte[] prefix, BinaryWriter out) {
        out.writeByte(0);
        int countAt = out.size();
        out.writeInt(0);
        int count = 0;
        byte[] row = rows.key();
        while (row != null && CachedTable.startsWith(row, prefix)) {
            BinaryReader mapKey = new BinaryReader(row, prefix.length, row.length - prefix.length);
            parts.mapKeys.write(codec.readMapKey(mapKey), out);
            Object value = codec.readValueOrNull(new BinaryReader(rows.value()));
            out.writeBoolean(value != null);
            if (value != null) {
                parts.values.write(value, out);
            }
            count++;
            row = next(rows);
        }
        out.putInt(countAt, count);
        return row;
    }

    private static byte[] next(RocksIterator rows) {
        rows.next();
        return rows.isValid() ? rows.key() : null;
    }

    private static int group(byte[] row) {
        return (row[0] & 0xFF) << 8 | row[1] & 0xFF;
    }
}
