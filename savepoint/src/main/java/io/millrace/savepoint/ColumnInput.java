package io.millrace.savepoint;

import io.millrace.connector.parquet.LeafBatches;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import java.util.Iterator;

/**
 * Where the values of one column of a table come from: its leaves in a batch of rows. They are
 * written as checkpoints have them, without trees where possible; the counterpart of {@link
 * ColumnOutput}. Confined to the reader of the row group.
 */
abstract class ColumnInput {
    /**
     * Where a column lies.
     *
     * @param leaves those of this column come next
     * @param definition of its values that are there
     */
    record From(Iterator<LeafBatches.Leaf> leaves, int definition) {
        /** Of a part of this that may be absent. */
        From optional() {
            return new From(leaves, definition + 1);
        }
    }

    abstract boolean isThere(int row);

    /**
     * Writes the value of a row, which is there.
     *
     * @param structures what the unit has described so far
     * @throws CorruptDataException if the columns have no value of the form
     */
    abstract void copy(int row, BinaryWriter out, PlainStructures structures);

    /** The same, of what must be there. */
    final void require(int row, String what, BinaryWriter out, PlainStructures structures) {
        if (!isThere(row)) {
            throw new CorruptDataException("null where " + what + " is to be");
        }
        copy(row, out, structures);
    }
}
