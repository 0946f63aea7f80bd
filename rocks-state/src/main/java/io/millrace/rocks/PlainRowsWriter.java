package io.millrace.rocks;

import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSegments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Writes the rows of one table as units of {@link TableForm}, as plain trees: without the classes
 * of keys and values. What {@link RowsWriter} does where they are there. Confined.
 */
/* In the database each part of a row describes itself from the start (TableCodec), in a unit all rows share
 * what is described. So each part is read with structures of its own, and written with those of the unit. */
final class PlainRowsWriter {
    private static final int UNIT_BYTES = 64 << 10;
    private static final int GROUP_BYTES = TableCodec.GROUP_BYTES;

    private final StoredTable table;
    private final Database database;
    private final PlainValues keys;
    private final PlainValues namespaces; // null if there are none
    private final PlainValues mapKeys; // null unless it is a map
    private final PlainValues values;

    PlainRowsWriter(StoredTable table, Database database) {
        this.table = table;
        this.database = database;
        this.keys = plain(table.form().keys());
        this.namespaces = plain(table.form().namespaces());
        this.mapKeys = plain(table.form().mapKeys());
        this.values = plain(table.form().values());
    }

    private static PlainValues plain(WrittenSchema written) {
        return written == null ? null : PlainValues.of(written.root());
    }

    StatePart writeTo(SegmentOutput out, int firstKeyGroup, int lastKeyGroup) throws IOException {
        TableSegments segments = new TableSegments(out);
        try (ReadOptions how = new ReadOptions().setFillCache(false);
                RocksIterator rows = database.iterator(database.table(table.family()), how)) {
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
                table.form().toBytes(),
                segments.finish());
    }

    /** Rows of one key group, until it ends or is enough. */
    private void writeUnit(RocksIterator rows, TableSegments segments) throws IOException {
        byte[] row = rows.key();
        int group = group(row);
        BinaryWriter out = segments.beginUnit(group);
        PlainStructures structures = new PlainStructures();
        int begin = out.size();
        int count = 0;
        while (row != null && group(row) == group && out.size() - begin < UNIT_BYTES) {
            row = writeRow(rows, row, out, structures);
            count++;
        }
        segments.endUnit(0, count);
    }

    /** Returns the next row, null at the end. */
    private byte[] writeRow(
            RocksIterator rows, byte[] row, BinaryWriter out, PlainStructures structures) {
        BinaryReader in = new BinaryReader(row, GROUP_BYTES, row.length - GROUP_BYTES);
        Object key = keys.read(in, new PlainStructures());
        if (namespaces != null) {
            namespaces.write(namespaces.read(in, new PlainStructures()), out, structures);
        }
        keys.write(key, out, structures);
        BinaryReader value = new BinaryReader(rows.value());
        return switch (table.form().shape()) {
            case VALUE -> {
                values.write(values.read(value, new PlainStructures()), out, structures);
                yield next(rows);
            }
            case LIST -> {
                writeList(value, out, structures);
                yield next(rows);
            }
            case MAP -> {
                int prefixLength = row.length - in.remaining();
                yield writeMap(rows, Arrays.copyOf(row, prefixLength), out, structures);
            }
        };
    }

    private void writeList(BinaryReader value, BinaryWriter out, PlainStructures structures) {
        List<Object> elements = new ArrayList<>();
        while (value.remaining() > 0) {
            elements.add(values.read(value, new PlainStructures()));
        }
        out.writeInt(elements.size());
        elements.forEach(element -> values.write(element, out, structures));
    }

    private byte[] writeMap(
            RocksIterator rows, byte[] prefix, BinaryWriter out, PlainStructures structures) {
        out.writeByte(0);
        int countAt = out.size();
        out.writeInt(0);
        int count = 0;
        byte[] row = rows.key();
        while (row != null && CachedTable.startsWith(row, prefix)) {
            BinaryReader mapKey = new BinaryReader(row, prefix.length, row.length - prefix.length);
            mapKeys.write(mapKeys.read(mapKey, new PlainStructures()), out, structures);
            BinaryReader value = new BinaryReader(rows.value());
            boolean there = value.readBoolean();
            out.writeBoolean(there);
            if (there) {
                values.write(values.read(value, new PlainStructures()), out, structures);
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
