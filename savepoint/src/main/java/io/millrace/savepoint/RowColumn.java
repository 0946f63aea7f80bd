package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues.PlainRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row with named fields, and the kind of change if it is not an insertion. Immutable. */
final class RowColumn extends GroupColumn {
    private static final List<String> KINDS =
            List.of("INSERT", "UPDATE_BEFORE", "UPDATE_AFTER", "DELETE");

    private final int count;

    /**
     * @param kind name of the column of the kind
     */
    RowColumn(List<String> names, List<Column> parts, String kind) {
        super(with(names, kind), with(parts, new EnumColumn(KINDS)));
        this.count = parts.size();
    }

    private static <T> List<T> with(List<? extends T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    @Override
    Object[] apart(Object value) {
        PlainRow row = (PlainRow) value;
        Object[] all = Arrays.copyOf(row.fields(), count + 1);
        all[count] = row.kind() == 0 ? null : KINDS.get(row.kind());
        return all;
    }

    @Override
    void move(BinaryReader in, int repetition, Parts to) {
        int kind = in.readByte();
        if (kind < 0 || kind >= KINDS.size()) {
            throw new CorruptDataException("row kind " + kind + " at " + in.position());
        }
        // All presence bits stand in front of the values.
        int bits = in.position();
        in.skip((count + 7) / 8);
        for (int i = 0; i < count; i++) {
            if ((in.array()[bits + (i >> 3)] & 1 << (i & 7)) != 0) {
                to.move(i, in, repetition);
            } else {
                to.write(i, null, repetition);
            }
        }
        to.write(count, kind == 0 ? null : KINDS.get(kind), repetition);
    }

    @Override
    void copy(int row, Sources from, BinaryWriter out, PlainStructures structures) {
        EnumColumn.Input change = (EnumColumn.Input) from.part(count);
        int kind = change.isThere(row) ? change.indexOf(row) : 0;
        if (kind < 0) {
            throw new CorruptDataException("a kind of row that is none of " + KINDS);
        }
        out.writeByte(kind);
        for (int first = 0; first < count; first += 8) {
            int bits = 0;
            for (int i = first; i < Math.min(first + 8, count); i++) {
                bits |= from.part(i).isThere(row) ? 1 << i - first : 0;
            }
            out.writeByte(bits);
        }
        for (int i = 0; i < count; i++) {
            if (from.part(i).isThere(row)) {
                from.part(i).copy(row, out, structures);
            }
        }
    }

    @Override
    Object together(Object[] values) {
        int kind = values[count] == null ? 0 : KINDS.indexOf(values[count]);
        return kind < 0 ? null : new PlainRow(kind, null, Arrays.copyOf(values, count));
    }
}
