package io.millrace.rocks;

import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.TableSegments;
import java.io.IOException;
import java.util.List;
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

    private final StoredTable table;
    private final Database database;
    private TableSegments segments; // while it writes

    // The unit that is being written; null between two.
    private BinaryWriter unit;
    private int unitGroup;
    private int unitBegin;
    private int unitRows;

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
        StatePart part =
                new StatePart(
                        StatePart.Kind.KEYED,
                        table.name(),
                        TableForm.NAME,
                        firstKeyGroup,
                        lastKeyGroup,
                        0,
                        form,
                        List.of());
        segments = new TableSegments(out, part);
        try (RocksIterator rows = database.iterator(database.table(table.family()), how)) {
            writeRows(new RowCursor(rows));
            rows.status();
            endUnit();
        } catch (RocksDBException e) {
            throw new IOException(
                    "reading state '" + table.name() + "' failed: " + e.getMessage(), e);
        }
        return part.withPieces(segments.finish());
    }

    /** Writes all rows from where the cursor is, and what a subclass has besides them. */
    void writeRows(RowCursor rows) throws IOException {
        while (rows.atRow()) {
            writeRow(rows);
        }
    }

    /** Where the next row goes; key groups never descend. A unit is one of them, or a part. */
    final BinaryWriter beginRow(int group) throws IOException {
        if (unit != null && (group != unitGroup || unit.size() - unitBegin >= UNIT_BYTES)) {
            endUnit();
        }
        if (unit == null) {
            unit = segments.beginUnit(group);
            unitGroup = group;
            unitBegin = unit.size();
            unitRows = 0;
            beginUnit();
        }
        unitRows++;
        return unit;
    }

    private void endUnit() {
        if (unit != null) {
            segments.endUnit(0, unitRows);
            unit = null;
        }
    }

    /** Writes what the database has of a key and namespace, at whose first row the cursor is. */
    final void writeRow(RowCursor rows) throws IOException {
        BinaryWriter out = beginRow(rows.group());
        BinaryReader in = rows.key();
        copyKey(in, out);
        writeContent(rows, in.position(), out);
    }

    /**
     * Writes what the database has behind key and namespace, and goes on to the next ones.
     *
     * @param prefixLength where they end in the row's key
     */
    final void writeContent(RowCursor rows, int prefixLength, BinaryWriter out) {
        switch (table.form().shape()) {
            case VALUE -> {
                copyValue(rows.value(), out);
                rows.next();
            }
            case LIST -> {
                int countAt = out.size();
                out.writeInt(0);
                out.putInt(countAt, copyElements(rows.value(), out));
                rows.next();
            }
            case MAP -> writeMap(rows, rows.prefix(prefixLength), out);
        }
    }

    /** Returns how many there are. */
    int copyElements(BinaryReader value, BinaryWriter out) {
        int count = 0;
        while (value.remaining() > 0) {
            copyValue(value, out);
            count++;
        }
        return count;
    }

    private void writeMap(RowCursor rows, byte[] prefix, BinaryWriter out) {
        out.writeByte(0);
        int countAt = out.size();
        out.writeInt(0);
        int count = 0;
        for (; rows.isAt(prefix); rows.next()) {
            copyEntry(rows, prefix.length, out);
            count++;
        }
        out.putInt(countAt, count);
    }

    final void copyEntry(RowCursor rows, int prefixLength, BinaryWriter out) {
        copyMapKey(rows.keyFrom(prefixLength), out);
        copyValueOrNull(rows.value(), out);
    }
}
