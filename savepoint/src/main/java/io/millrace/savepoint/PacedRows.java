package io.millrace.savepoint;

import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.PlainStructures;
import java.io.IOException;

/** Rows on their way into a row group, at a pace. Confined to the thread that gathers them. */
class PacedRows implements KeyedTable.Target {
    /** A thread says what it has done after so many keys. */
    private static final int KEYS = 32;

    private final TableRows rows;
    private final KeyedForm form;
    private final SnapshotPace.Step step;
    private int keys; // since it has said so

    PacedRows(TableRows rows, KeyedForm form, SnapshotPace.Step step) {
        this.rows = rows;
        this.form = form;
        this.step = step;
    }

    @Override
    public void beginKey() throws IOException {
        if (++keys >= KEYS) {
            keys = 0;
            step.worked();
        }
    }

    @Override
    public final int move(int keyGroup, int count, BinaryReader in, PlainStructures structures) {
        int moved = rows.move(form, keyGroup, count, in, structures);
        keys += moved - 1;
        return moved;
    }

    @Override
    public final void write(Object[] row, int keyGroup, long rowBytes) {
        rows.write(row, keyGroup, rowBytes);
    }
}
