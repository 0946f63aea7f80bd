package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues.Case;
import java.util.ArrayList;
import java.util.List;

/**
 * A sealed family: the name of the case, and a column for each of which one is there. Immutable.
 */
final class UnionColumn extends GroupColumn {
    private final List<String> cases;

    /**
     * @param tag name of the column with the case's name
     * @param cases their names
     */
    UnionColumn(String tag, List<String> cases, List<Column> parts) {
        super(with(tag, cases), with(new EnumColumn(cases), parts));
        this.cases = List.copyOf(cases);
    }

    private static <T> List<T> with(T first, List<? extends T> list) {
        List<T> longer = new ArrayList<>();
        longer.add(first);
        longer.addAll(list);
        return longer;
    }

    @Override
    Object[] apart(Object value) {
        Case one = (Case) value;
        Object[] all = new Object[cases.size() + 1];
        all[0] = cases.get(one.index());
        all[one.index() + 1] = one.value();
        return all;
    }

    @Override
    void move(BinaryReader in, int repetition, Parts to) {
        int index = in.readVarInt();
        if (index < 0 || index >= cases.size()) {
            throw new CorruptDataException(
                    "case " + index + " of " + cases + " at " + in.position());
        }
        to.write(0, cases.get(index), repetition);
        for (int i = 0; i < cases.size(); i++) {
            if (i == index) {
                to.move(i + 1, in, repetition);
            } else {
                to.write(i + 1, null, repetition);
            }
        }
    }

    @Override
    void copy(int row, Sources from, BinaryWriter out, PlainStructures structures) {
        EnumColumn.Input tag = (EnumColumn.Input) from.part(0);
        int index = tag.isThere(row) ? tag.indexOf(row) : -1;
        if (index < 0) {
            throw new CorruptDataException("a case that is none of " + cases);
        }
        out.writeVarInt(index);
        from.require(index + 1, row, out, structures);
    }

    @Override
    Object together(Object[] values) {
        int index = cases.indexOf(values[0]);
        return index < 0 ? null : new Case(index, values[index + 1]);
    }
}
