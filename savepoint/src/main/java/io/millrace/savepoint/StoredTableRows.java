package io.millrace.savepoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.connector.parquet.LeafBatches;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * The rows of a row group one after the other, whose values are written as checkpoints have them.
 * Confined to its user.
 */
final class StoredTableRows {
    private final TableLayout layout;
    private final LeafBatches batches;
    private final Path path;
    private final ColumnInput[] inputs;
    private final LeafBatches.Leaf raw;

    /** Of a row that has its bytes: what they say; null of another row. */
    private Object[] trees;

    private int row = -1;
    private int rows;

    /**
     * @param path of the file, for messages
     */
    StoredTableRows(TableLayout layout, LeafBatches batches, Path path) {
        this.layout = layout;
        this.batches = batches;
        this.path = path;
        Iterator<LeafBatches.Leaf> leaves =
                IntStream.range(0, batches.leafCount()).mapToObj(batches::leaf).iterator();
        this.inputs = layout.inputs(leaves).toArray(ColumnInput[]::new);
        this.raw = leaves.next();
    }

    /**
     * Goes to the next row.
     *
     * @return false behind the last one, when all pages were as they say
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}
     */
    boolean next() throws IOException {
        if (++row >= rows) {
            try {
                rows = batches.next();
            } catch (MillraceException e) {
                throw TableInput.damaged(path, e.getMessage());
            }
            row = 0;
        }
        if (rows == 0) {
            return false;
        }
        trees = raw.definition(row) == 0 ? null : treesOfRow();
        return true;
    }

    private Object[] treesOfRow() {
        Object[] values = new Object[inputs.length];
        int begin = raw.begin(row);
        layout.overwrite(values, Arrays.copyOfRange(raw.bytes(), begin, begin + raw.length(row)));
        return values;
    }

    /** Whether the row has a value in a column. */
    boolean isThere(int column) {
        return trees != null && layout.trees(column) != null
                ? trees[column] != null
                : inputs[column].isThere(row);
    }

    /** Of a column of the engine's own, where the value is there. */
    int intAt(int column) {
        return ((ScalarInput) inputs[column]).leaf().intAt(row);
    }

    /** The same. */
    long longAt(int column) {
        return ((ScalarInput) inputs[column]).leaf().longAt(row);
    }

    /** The place of a name among those that the column can have; -1 if it is another one. */
    int nameAt(int column) {
        return ((EnumColumn.Input) inputs[column]).indexOf(row);
    }

    /**
     * Writes the value of a column of the program's.
     *
     * @param structures what the unit has described so far
     * @throws io.millrace.runtime.serde.CorruptDataException if it is not of the column's form, or
     *     not there though it must be
     */
    void copy(int column, BinaryWriter out, PlainStructures structures) {
        if (trees == null && inputs[column].isThere(row)) {
            inputs[column].copy(row, out, structures);
        } else {
            Object tree = trees == null ? null : trees[column];
            layout.trees(column).write(tree, out, structures);
        }
    }
}
