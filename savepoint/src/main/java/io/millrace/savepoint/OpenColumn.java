package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues.Found;
import io.millrace.runtime.serde.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A class that may have subclasses: its own fields, or the bytes of a subclass. Immutable. */
final class OpenColumn extends GroupColumn {
    /** Of an exact form that is a struct: its fields are here beside the subclass; else null. */
    private final StructFields fields;

    private final int count;

    private OpenColumn(StructFields fields, List<String> names, List<Column> parts) {
        super(names, parts);
        this.fields = fields;
        this.count = parts.size();
    }

    /**
     * @param fields what the parts were written as
     * @param subclass the name and column of values of subclasses
     */
    static OpenColumn ofFields(
            List<String> names,
            List<Column> parts,
            List<Written.Field> fields,
            String subclass,
            Column subclasses) {
        return new OpenColumn(
                new StructFields(fields), with(names, subclass), with(parts, subclasses));
    }

    static OpenColumn of(Column exact, String subclass, Column subclasses) {
        return new OpenColumn(null, List.of("value", subclass), List.of(exact, subclasses));
    }

    private static <T> List<T> with(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    @Override
    Object[] apart(Object value) {
        Object[] all = new Object[count];
        if (value instanceof Found) {
            all[count - 1] = value;
        } else if (fields != null) {
            System.arraycopy((Object[]) value, 0, all, 0, count - 1);
        } else {
            all[0] = value;
        }
        return all;
    }

    @Override
    void move(BinaryReader in, int repetition, Parts to) {
        boolean exact = in.readByte() == 0;
        if (exact && fields != null) {
            fields.move(in, repetition, to);
        } else if (exact) {
            to.move(0, in, repetition);
        } else {
            for (int i = 0; i < count - 1; i++) {
                to.write(i, null, repetition);
            }
            to.move(count - 1, in, repetition);
            return;
        }
        to.write(count - 1, null, repetition);
    }

    @Override
    void copy(int row, Sources from, BinaryWriter out, PlainStructures structures) {
        boolean subclass = from.part(count - 1).isThere(row);
        out.writeByte(subclass ? 1 : 0);
        if (subclass) {
            from.part(count - 1).copy(row, out, structures);
        } else if (fields != null) {
            fields.copy(row, from, out, structures);
        } else {
            from.require(0, row, out, structures);
        }
    }

    @Override
    Object together(Object[] values) {
        if (values[count - 1] != null) {
            return values[count - 1];
        }
        return fields != null ? Arrays.copyOf(values, count - 1) : values[0];
    }
}
