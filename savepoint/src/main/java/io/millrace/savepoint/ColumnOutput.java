package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;

/**
 * Where the values of one column of a table go: into its leaves in the row group that is being
 * written. A value comes as a tree, or as its bytes in a checkpoint, of which none is made; either
 * way the columns hold the same. Confined to the thread that writes the row group.
 *
 * <p>Levels are those of Parquet: of repetition, at which of the lists around it a value goes on;
 * of definition, how much of what is around it is there.
 */
abstract class ColumnOutput {
    /** Adds a value that is there. What the leaves cannot hold is reported to the row. */
    abstract void write(Object value, int repetition);

    /**
     * Reads a value and adds it.
     *
     * @throws io.millrace.runtime.serde.CorruptDataException if the bytes are not of the column's
     *     form
     */
    abstract void move(BinaryReader in, int repetition);

    /**
     * Adds that there is no value.
     *
     * @param definition of what is there around it
     */
    abstract void absent(int repetition, int definition);
}
