package io.millrace.runtime.operator.window;

import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableSpec;

/** The tables of the operators that keep one row for each key. Pure. */
final class RowTables {
    /** Of the table, before the numbers that its starts are to be understood by. */
    static final String SLICES = "window-slices";

    static final String SESSIONS = "window-sessions";

    private RowTables() {}

    static TableSpec slices(Slices slices, Serializer<Object> values, JobSerializers serializers) {
        return rows(
                SLICES + " " + slices.size + "/" + slices.slide + "+" + slices.offset,
                SliceRowSerializer.of(values, serializers));
    }

    static TableSpec sessions(Serializer<Object> values, JobSerializers serializers) {
        return rows(SESSIONS, SessionRowSerializer.of(values, serializers));
    }

    private static TableSpec rows(String name, Serializer<Object> rows) {
        return new TableSpec(name, TableSpec.Shape.VALUE, null, null, rows);
    }
}
