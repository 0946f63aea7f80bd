package io.millrace.savepoint;

import io.millrace.connector.parquet.ParquetRowGroups.Rows;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Content in units of key groups. Immutable. */
abstract class KeyedForm extends PartForm {
    /** Of a unit that is made of rows: about as large as those of checkpoints. */
    private static final int UNIT_BYTES = 64 << 10;

    private static final int UNIT_ROWS = 4096;

    /** Takes rows of the table. */
    interface RowSink {
        void write(Object[] row, int keyGroup, long bytes);
    }

    /** What keys were written as. */
    abstract Written keyForm();

    /** A row of a unit. */
    abstract KeyRow read(BinaryReader in, PlainStructures structures);

    /** A removed row of a unit: without content. */
    abstract KeyRow readRemoved(BinaryReader in, PlainStructures structures);

    /** Equal bytes say which rows replace one another. */
    abstract byte[] identity(KeyRow row);

    /**
     * What is left of a row when another of the same identity comes behind it.
     *
     * @param before null if there is none
     */
    abstract KeyRow then(KeyRow before, KeyRow after);

    /** Shows the rows of the table that hold a key's content. */
    abstract void rows(int keyGroup, KeyRow row, RowSink sink);

    /**
     * Reads a row of a unit straight into the rows of the table: the same as {@link #read} and
     * {@link #rows}.
     */
    abstract void move(
            int keyGroup, BinaryReader in, PlainStructures structures, TableColumns columns);

    /**
     * Reads rows of a unit likewise, as many at a time as it can.
     *
     * @param rows that follow in the unit, at least one
     * @return how many were read
     */
    int move(
            int keyGroup,
            int rows,
            BinaryReader in,
            PlainStructures structures,
            TableColumns columns) {
        int moved = columns.move(keyGroup, rows, in);
        if (moved > 0) {
            return moved;
        }
        move(keyGroup, in, structures, columns);
        return 1;
    }

    /** Whether a row of the table is about the same key as the one before it. */
    abstract boolean continues(Object[] before, Object[] row);

    /** Writes the rows of one key as a row of a unit. */
    abstract void write(List<Object[]> rows, BinaryWriter out, PlainStructures structures);

    /**
     * Writes the rows of one key as a row of a unit.
     *
     * @param rows at the first one; behind the last one afterwards
     * @return whether there is a row behind them
     */
    abstract boolean copyKey(StoredTableRows rows, BinaryWriter out, PlainStructures structures)
            throws IOException;

    /** The same as {@link #toContent(Rows, BinaryWriter)} without trees. */
    final void toContent(StoredTableRows rows, BinaryWriter out) throws IOException {
        Units units = new Units(out);
        boolean more = rows.next();
        while (more) {
            units.beginRow(rows.intAt(0));
            more = copyKey(rows, out, units.structures);
        }
        units.end();
    }

    @Override
    final void toContent(Rows<Object[]> rows, BinaryWriter out) throws IOException {
        Units units = new Units(out);
        List<Object[]> ofKey = new ArrayList<>();
        for (Object[] row = rows.next(); row != null; row = rows.next()) {
            if (!ofKey.isEmpty() && !continues(ofKey.get(ofKey.size() - 1), row)) {
                units.add(ofKey);
                ofKey.clear();
            }
            ofKey.add(row);
        }
        if (!ofKey.isEmpty()) {
            units.add(ofKey);
        }
        units.end();
    }

    /** Collects keys into units: key group, removed rows, rows, bytes that follow, rows. */
    private final class Units {
        private final BinaryWriter out;
        private PlainStructures structures;
        private int keyGroup = -1;
        private int start; // of the numbers of the unit
        private int count;

        Units(BinaryWriter out) {
            this.out = out;
        }

        void add(List<Object[]> ofKey) {
            beginRow((Integer) ofKey.get(0)[0]);
            write(ofKey, out, structures);
        }

        void beginRow(int group) {
            if (structures == null
                    || group != keyGroup
                    || count == UNIT_ROWS
                    || out.size() - start >= UNIT_BYTES) {
                end();
                begin(group);
            }
            count++;
        }

        private void begin(int group) {
            keyGroup = group;
            structures = new PlainStructures();
            count = 0;
            out.writeVarInt(group);
            start = out.size();
            out.writeInt(0);
            out.writeInt(0);
            out.writeInt(0);
        }

        void end() {
            if (structures != null) {
                out.putInt(start + 4, count);
                out.putInt(start + 8, out.size() - start - 12);
                structures = null;
            }
        }
    }
}
