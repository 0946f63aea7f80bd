package io.millrace.savepoint;

import io.millrace.connector.parquet.write.LeafColumn;
import java.util.Iterator;

/**
 * Where a column lies in a row group.
 *
 * @param row that is being written
 * @param leaves those of this column come next
 * @param definition of its values that are there
 * @param repetition of the innermost list around it
 */
record Place(RowOutput row, Iterator<LeafColumn> leaves, int definition, int repetition) {
    /** Of a part of this that may be absent. */
    Place optional() {
        return new Place(row, leaves, definition + 1, repetition);
    }

    /** Of the elements of this. */
    Place repeated() {
        return new Place(row, leaves, definition + 1, repetition + 1);
    }
}
