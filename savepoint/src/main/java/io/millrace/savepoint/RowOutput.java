package io.millrace.savepoint;

import org.apache.parquet.io.api.RecordConsumer;

/** The row that is being written. Confined. */
final class RowOutput {
    private RecordConsumer columns;
    private boolean exact;

    /** Goes on with other columns: those of the next row group. */
    void to(RecordConsumer consumer) {
        columns = consumer;
    }

    RecordConsumer columns() {
        return columns;
    }

    void begin() {
        exact = true;
        columns.startMessage();
    }

    /** A column cannot give back what it was given: the row needs its bytes too. */
    void inexact() {
        exact = false;
    }

    boolean isExact() {
        return exact;
    }

    void end() {
        columns.endMessage();
    }

    /** A field of the group that has begun; nothing if the value is absent. */
    void field(String name, int index, Column column, Object value) {
        if (value != null) {
            columns.startField(name, index);
            column.write(value, this);
            columns.endField(name, index);
        }
    }
}
