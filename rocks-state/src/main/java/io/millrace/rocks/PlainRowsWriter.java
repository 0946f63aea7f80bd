package io.millrace.rocks;

import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.WrittenSchema;
import io.millrace.runtime.state.TableForm;
import java.io.IOException;
import org.rocksdb.ReadOptions;

/**
 * Writes the rows of one table as units of {@link TableForm}, as plain trees: without the classes
 * of keys and values. What {@link RowsWriter} does where they are there. Confined.
 */
/* Each part is read with structures of its own, and written with those of the unit. */
final class PlainRowsWriter extends UnitWriter {
    private final PlainValues keys;
    private final PlainValues namespaces; // null if there are none
    private final PlainValues mapKeys; // null unless it is a map
    private final PlainValues values;
    private PlainStructures structures; // of the unit

    PlainRowsWriter(StoredTable table, Database database) {
        super(table, database);
        this.keys = plain(table.form().keys());
        this.namespaces = plain(table.form().namespaces());
        this.mapKeys = plain(table.form().mapKeys());
        this.values = plain(table.form().values());
    }

    private static PlainValues plain(WrittenSchema written) {
        return written == null ? null : PlainValues.of(written.root());
    }

    StatePart writeTo(SegmentOutput out, int firstKeyGroup, int lastKeyGroup) throws IOException {
        try (ReadOptions how = new ReadOptions().setFillCache(false)) {
            return writeTo(out, how, firstKeyGroup, lastKeyGroup, table().form().toBytes());
        }
    }

    @Override
    void beginUnit() {
        structures = new PlainStructures();
    }

    @Override
    void copyKey(BinaryReader row, BinaryWriter out) {
        Object key = keys.read(row, new PlainStructures());
        if (namespaces != null) {
            copy(namespaces, row, out);
        }
        keys.write(key, out, structures);
    }

    @Override
    void copyMapKey(BinaryReader mapKey, BinaryWriter out) {
        copy(mapKeys, mapKey, out);
    }

    @Override
    void copyValue(BinaryReader value, BinaryWriter out) {
        copy(values, value, out);
    }

    @Override
    void copyValueOrNull(BinaryReader value, BinaryWriter out) {
        boolean there = value.readBoolean();
        out.writeBoolean(there);
        if (there) {
            copy(values, value, out);
        }
    }

    private void copy(PlainValues part, BinaryReader from, BinaryWriter out) {
        part.write(part.read(from, new PlainStructures()), out, structures);
    }
}
