package io.millrace.savepoint;

import java.util.List;

/** A class with fields. Immutable. */
final class StructColumn extends GroupColumn {
    private static final Object[] NO_FIELDS = {};
    private static final Object[] PRESENT = {true};

    private final boolean hasFields;

    StructColumn(List<String> names, List<Column> parts) {
        super(names, parts);
        this.hasFields = true;
    }

    private StructColumn(String name, Column presence) {
        super(List.of(name), List.of(presence));
        this.hasFields = false;
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
    Object together(Object[] values) {
        return hasFields ? values : NO_FIELDS;
    }
}
