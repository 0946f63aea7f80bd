package io.millrace.rocks;

import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSegments;
import java.io.IOException;
import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Goes through the rows of one table in their order, and writes them as units of {@link TableForm}.
 * Confined to a thread.
 */
/* In the database each part of a row describes itself from the start (TableCodec), in a unit all rows share
 * what is described. So each part is read and written again, which is what the subclasses know. */
abstract class UnitWriter {
    private static final int UNIT_BYTES = 64 << 10;
    private static final int GROUP_BYTES = TableCodec.GROUP_BYTES;

    private final StoredTable table;
    private final Database database;

    UnitWriter(StoredTable table, Database database) {
        this.table = table;
        this.database = database;
    }

    final StoredTable table() {
        return table;
    }

    /** What follows is written into a new unit. */
    abstract void beginUnit();

    /** Reads key and namespace of a row, and writes namespace, if there is one, and key. */
    abstract void copyKey(BinaryReader row, BinaryWriter out);

    abstract void copyMapKey(BinaryReader mapKey, BinaryWriter out);

    abstract void copyValue(BinaryReader value, BinaryWriter out);

    /** The same of a map, with whether there is one before it. */
    abstract void copyValueOrNull(BinaryReader value, BinaryWriter out);

    /**
     * @param how to read; stays open
     * @param form what the part is described by
     */
    final StatePart writeTo(
            SegmentOutput out, ReadOptions how, int firstKeyGroup, int lastKeyGroup, byte[] form)
            throws IOException {
        TableSegments segments = new TableSegments(out);
        try (RocksIterator rows = database.iterator(database.table(table.family()), how)) {
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
                form,
                segments.finish());
    }

    /** Rows of one key group, until it ends or is enough. */
    private void writeUnit(RocksIterator rows, TableSegments segments) throws IOException {
        byte[] row = rows.key();
        int group = group(row);
        BinaryWriter out = segments.beginUnit(group);
        beginUnit();
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
        copyKey(in, out);
        return switch (table.form().shape()) {
            case VALUE -> {
                copyValue(new BinaryReader(rows.value()), out);
                yield next(rows);
            }
            case LIST -> {
                writeList(new BinaryReader(rows.value()), out);
                yield next(rows);
            }
            case MAP -> {
                int prefixLength = row.length - in.remaining();
                yield writeMap(rows, Arrays.copyOf(row, prefixLength), out);
            }
        };
    }

    private void writeList(BinaryReader value, BinaryWriter out) {
        int countAt = out.size();
        out.writeInt(0);
        int count = 0;
        while (value.remaining() > 0) {
            copyValue(value, out);
            count++;
        }
        out.putInt(countAt, count);
    }

    private byte[] writeMap(RocksIterator rows, byte[] prefix, BinaryWriter out) {
        out.writeByte(0);
        int countAt = out.size();
        out.writeInt(0);
        int count = 0;
        byte[] row = rows.key();
        while (row != null && CachedTable.startsWith(row, prefix)) {
            copyMapKey(new BinaryReader(row, prefix.length, row.length - prefix.length), out);
            copyValueOrNull(new BinaryReader(rows.value()), out);
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
