package io.millrace.connector.parquet;

import io.millrace.api.type.TypeField;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.columnar.ObjectFields;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/** Objects of a plain class or Java record, whose fields are columns of their names. Immutable. */
final class ObjectShape<T> implements RecordShape<T> {
    private static final long serialVersionUID = 1L;

    private final ObjectFields<T> type;

    ObjectShape(Class<T> type) {
        this.type = new ObjectFields<>(type, "Parquet");
    }

    TypeInformation<T> description() {
        return type.description();
    }

    @Override
    public GroupRecords<T> of(ParquetMetadata footer, String where) {
        WantedColumns wanted = new WantedColumns(footer, where);
        List<TypeField> fields = type.fields();
        List<FlatColumn> columns = new ArrayList<>();
        for (TypeField field : fields) {
            FlatColumn column = wanted.column(field.name(), field.rawType());
            if (column == null && field.rawType().isPrimitive()) {
                throw Malformed.schema(where, type.lacking(field));
            }
            columns.add(column);
        }
        FlatColumn[] each = columns.toArray(FlatColumn[]::new);
        try {
            RowLoop loop = RowLoops.of(type, each);
            return new FlatRecords<>(
                    WantedColumns.present(columns),
                    (target, rows) -> {
                        try {
                            loop.make(each, target, rows);
                        } catch (Throwable e) {
                            throw type.failed(e);
                        }
                    },
                    where);
        } catch (ReflectiveOperationException e) {
            throw type.unusable(e);
        }
    }
}
