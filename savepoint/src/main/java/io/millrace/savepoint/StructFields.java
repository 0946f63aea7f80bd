package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
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
