package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.Written;
import io.millrace.runtime.serde.WrittenFields;
import java.util.List;

/** The fields of a class as they were written: the first parts of a group. Immutable. */
final class StructFields {
    private final WrittenFields form;
    private final boolean[] nullable;

    StructFields(List<Written.Field> fields) {
        this.form = new WrittenFields(fields);
        this.nullable = new boolean[fields.size()];
        for (int i = 0; i < nullable.length; i++) {
            nullable[i] = fields.get(i).nullable();
        }
    }

    /** Writes all of them. */
    void copy(int row, GroupColumn.Sources from, BinaryWriter out, PlainStructures structures) {
        if (nullable.length == 0) {
            out.writeByte(0);
        }
        for (int first = 0; first < nullable.length; first += WrittenFields.GROUP) {
            int end = Math.min(first + WrittenFields.GROUP, nullable.length);
            int present = 0;
            int bit = 0;
            for (int i = first; i < end; i++) {
                if (nullable[i]) {
                    present |= from.part(i).isThere(row) ? 1 << bit : 0;
                    bit++;
                }
            }
            form.writePresence(present, first / WrittenFields.GROUP, out);
            for (int i = first; i < end; i++) {
                if (!nullable[i]) {
                    from.require(i, row, out, structures);
                } else if (from.part(i).isThere(row)) {
                    from.part(i).copy(row, out, structures);
                }
            }
        }
    }

    /** Moves all of them. */
    void move(BinaryReader in, int repetition, GroupColumn.Parts to) {
        if (nullable.length == 0) {
            in.readByte();
        }
        int present = 0;
        for (int i = 0; i < nullable.length; i++) {
            if (i % WrittenFields.GROUP == 0) {
                present = form.readPresence(in, i / WrittenFields.GROUP);
            }
            if (!nullable[i]) {
                to.move(i, in, repetition);
                continue;
            }
            if ((present & 1) != 0) {
                to.move(i, in, repetition);
            } else {
                to.write(i, null, repetition);
            }
            present >>>= 1;
        }
    }
}
