package io.millrace.connector.orc;

import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;

/** Rows whose fields are columns of their names. Immutable. */
final class RowShape implements RecordShape<Row> {
    private static final long serialVersionUID = 1L;

    private final RowTypeInfo type;

    RowShape(RowTypeInfo type) {
        this.type = type;
    }

    @Override
    public RecordMaker<Row> of(WantedColumns wanted) {
        String[] names = type.getFieldNames();
        ColumnValues[] columns = new ColumnValues[names.length];
        for (int i = 0; i < names.length; i++) {
            columns[i] =
                    wanted.column(names[i], type.getTypeAt(i), type.getTypeAt(i).getTypeClass());
        }
        return row -> {
            Row made = Row.withPositions(columns.length);
            for (int i = 0; i < columns.length; i++) {
                if (columns[i] != null) {
                    made.setField(i, columns[i].at(row));
                }
            }
            return made;
        };
    }
}
