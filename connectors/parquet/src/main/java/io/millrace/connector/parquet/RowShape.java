package io.millrace.connector.parquet;

import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** Rows whose fields are columns of their names. Immutable. */
final class RowShape implements RecordShape<Row> {
    private static final long serialVersionUID = 1L;

    private final RowTypeInfo type;

    RowShape(RowTypeInfo type) {
        this.type = type;
    }

    @Override
    public GroupRecords<Row> of(ParquetMetadata footer, String where) {
        WantedColumns wanted = new WantedColumns(footer, where);
        List<FlatColumn> columns = new ArrayList<>();
        String[] names = type.getFieldNames();
        for (int i = 0; i < names.length; i++) {
            columns.add(wanted.column(names[i], type.getTypeAt(i).getTypeClass()));
        }
        FlatColumn[] each = columns.toArray(FlatColumn[]::new);
        return new FlatRecords<>(
                WantedColumns.present(columns),
                (target, rows) -> {
                    for (int row = 0; row < rows; row++) {
                        target[row] = make(each, row);
                    }
                },
                where);
    }

    private static Row make(FlatColumn[] columns, int row) {
        Row made = Row.withPositions(columns.length);
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] != null) {
                made.setField(i, columns[i].value(row));
            }
        }
        return made;
    }
}
