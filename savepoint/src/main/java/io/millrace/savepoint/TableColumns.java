package io.millrace.savepoint;

import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.connector.parquet.write.RowGroupColumns;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * The columns of a table in the row group that is being written. A row is given as trees, or
 * between {@link #begin} and {@link #end} column by column: moved from its bytes, or as a tree.
 * Confined to the thread that writes the file.
 *
 * <p>A row that the columns cannot hold exactly gets its bytes as well. What was moved is copied;
 * if it refers to what its unit has described, it is read again and written to stand for itself.
 */
final class TableColumns {
    private static final int FIRST_BYTES = 256;

    private final TableLayout layout;
    private final RowGroupColumns group;
    private final RowOutput row = new RowOutput();
    private final ColumnOutput[] outputs;
    private final LeafColumn raw;
    private final BinaryWriter rawBytes = new BinaryWriter(FIRST_BYTES);
    private final FlatRows flat; // null if rows are taken one by one

    // Of the row that is given column by column.
    private final Object[] trees; // null where there is none
    private final int[] from; // where the bytes of a column that was moved begin
    private final int[] to;
    private final int[] moved; // columns in the order of their bytes
    private int movedCount;
    private int structuresBefore;
    private int usesBefore;

    TableColumns(TableLayout layout, RowGroupColumns group) {
        this.layout = layout;
        this.group = group;
        Iterator<LeafColumn> leaves =
                IntStream.range(0, group.leafCount()).mapToObj(group::leaf).iterator();
        this.outputs = layout.outputs(row, leaves).toArray(ColumnOutput[]::new);
        this.raw = leaves.next();
        this.flat = layout.flatRows(group);
        this.trees = new Object[outputs.length];
        this.from = new int[outputs.length];
        this.to = new int[outputs.length];
        this.moved = new int[outputs.length];
    }

    /**
     * Moves rows of a unit, all their columns at once.
     *
     * @param rows that follow in the unit
     * @return how many were moved; 0 if the next one must be given column by column
     */
    int move(int keyGroup, int rows, BinaryReader in) {
        return flat == null ? 0 : flat.move(keyGroup, rows, in);
    }

    /** A whole row; null where a column has no value. */
    void write(Object[] values) {
        row.begin(null);
        for (int i = 0; i < outputs.length; i++) {
            tree(i, values[i]);
        }
        if (row.isExact()) {
            raw.addNull(0, 0);
        } else {
            byte[] bytes = layout.raw(values);
            raw.addBytes(0, 1, bytes, 0, bytes.length);
        }
        group.endRow();
    }

    /**
     * The values of a row follow, for each column one.
     *
     * @param structures what its unit has described so far
     */
    void begin(PlainStructures structures) {
        row.begin(structures);
        movedCount = 0;
        structuresBefore = structures.size();
        usesBefore = structures.uses();
    }

    /** In a column of the engine's own. */
    void put(int column, int value) {
        ScalarOutput own = (ScalarOutput) outputs[column];
        own.leaf().addInt(0, own.definition(), value);
    }

    /** The same. */
    void put(int column, long value) {
        ScalarOutput own = (ScalarOutput) outputs[column];
        own.leaf().addLong(0, own.definition(), value);
    }

    /** A tree, or null; used until the row ends. */
    void tree(int column, Object value) {
        trees[column] = value;
        if (value == null) {
            outputs[column].absent(0, 0);
        } else {
            outputs[column].write(value, 0);
        }
    }

    /** The value whose bytes come next. */
    void move(int column, BinaryReader in) {
        trees[column] = null;
        moved[movedCount++] = column;
        from[column] = in.position();
        outputs[column].move(in, 0);
        to[column] = in.position();
    }

    /**
     * Ends the row.
     *
     * @param in where columns were moved from
     */
    void end(BinaryReader in) {
        if (row.isExact()) {
            raw.addNull(0, 0);
        } else if (row.structures().uses() == usesBefore) {
            copyRaw(in);
        } else {
            readAgain(in);
            byte[] bytes = layout.raw(trees);
            raw.addBytes(0, 1, bytes, 0, bytes.length);
        }
        group.endRow();
    }

    /** As {@link TableLayout} says. */
    private void copyRaw(BinaryReader in) {
        rawBytes.clear();
        PlainStructures own = new PlainStructures();
        for (int i = 0; i < outputs.length; i++) {
            PlainValues values = layout.trees(i);
            if (values == null) {
                continue;
            }
            boolean wasMoved = wasMoved(i);
            rawBytes.writeBoolean(wasMoved || trees[i] != null);
            if (wasMoved) {
                rawBytes.writeBytes(in.array(), from[i], to[i] - from[i]);
            } else if (trees[i] != null) {
                values.write(trees[i], rawBytes, own);
            }
        }
        raw.addBytes(0, 1, rawBytes.array(), 0, rawBytes.size());
    }

    private boolean wasMoved(int column) {
        for (int i = 0; i < movedCount; i++) {
            if (moved[i] == column) {
                return true;
            }
        }
        return false;
    }

    private void readAgain(BinaryReader in) {
        PlainStructures structures = row.structures();
        structures.truncate(structuresBefore);
        for (int i = 0; i < movedCount; i++) {
            int column = moved[i];
            BinaryReader again =
                    new BinaryReader(in.array(), from[column], to[column] - from[column]);
            trees[column] = layout.trees(column).read(again, structures);
        }
    }
}
