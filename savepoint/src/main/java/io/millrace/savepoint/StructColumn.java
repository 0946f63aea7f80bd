package io.millrace.savepoint;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.Written;
import java.util.List;

/** A class with fields. Immutable. */
final class StructColumn extends GroupColumn {
    private static final Object[] NO_FIELDS = {};
    private static final Object[] PRESENT = {true};

    private final boolean hasFields;
    private final StructFields fields;

    /**
     * @param fields what the parts were written as
     */
    StructColumn(List<String> names, List<Column> parts, List<Written.Field> fields) {
        super(names, parts);
        this.hasFields = true;
        this.fields = new StructFields(fields);
    }

    private StructColumn(String name, Column presence) {
        super(List.of(name), List.of(presence));
        this.hasFields = false;
        this.fields = new StructFields(List.of());
    }

    /** A class without fields, of which only that there is one is known; groups are never empty. */
    static StructColumn withoutFields(Column presence) {
        return new StructColumn("_present", presence);
    }

    @Override
    Object[] apart(Object value) {
        return hasFields ? (Object[]) value : PRESENT;
    }

    @Override
    void move(BinaryReader in, int repetition, Parts to) {
        fields.move(in, repetition, to);
        if (!hasFields) {
            to.write(0, PRESENT[0], repetition);
        }
    }

    @Override
    void copy(int row, Sources from, BinaryWriter out, PlainStructures structures) {
        fields.copy(row, from, out, structures);
    }

    @Override
    Object together(Object[] values) {
        return hasFields ? values : NO_FIELDS;
    }
}
