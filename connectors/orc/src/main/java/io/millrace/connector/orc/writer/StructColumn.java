package io.millrace.connector.orc.writer;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.api.type.TypeField;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.columnar.ObjectFields;
import java.util.List;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;

/** Puts the fields of rows or objects into columns of their names. Confined to its task. */
final class StructColumn extends ColumnWriter {
    private final FieldOf[] fields;
    private final ColumnWriter[] columns;

    /** A field's value. */
    interface FieldOf {
        /**
         * @throws ClassCastException if the object is of another class
         */
        Object of(Object record);
    }

    private StructColumn(
            TypeDescription column, String where, FieldOf[] fields, ColumnWriter[] columns) {
        super(column, where);
        this.fields = fields;
        this.columns = columns;
    }

    /**
     * @param where the column, for messages
     * @throws MillraceException {@code PROGRAM_INVALID} if a column can never hold its field
     */
    static StructColumn of(
            TypeDescription schema, TypeInformation<?> type, String where, HeldBytes held) {
        if (schema.getCategory() != TypeDescription.Category.STRUCT) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    where + " has named fields, which '" + schema + "' has not: use struct<…>.");
        }
        List<String> names = schema.getFieldNames();
        FieldOf[] fields = new FieldOf[names.size()];
        ColumnWriter[] columns = new ColumnWriter[fields.length];
        for (int i = 0; i < fields.length; i++) {
            String name = names.get(i);
            TypeDescription column = schema.getChildren().get(i);
            String path = where + ", column '" + name + "'";
            if (type instanceof RowTypeInfo row) {
                int index = row.getFieldIndex(name);
                if (index >= 0) {
                    fields[i] = new RowField(index);
                    columns[i] = Columns.of(column, row.getTypeAt(index), path, held);
                }
            } else {
                ObjectFields<?> object = new ObjectFields<>(type.getTypeClass(), "ORC");
                for (TypeField field : object.fields()) {
                    if (field.name().equals(name)) {
                        fields[i] = ObjectField.of(object, field);
                        columns[i] = Columns.of(column, field.type(), path, held);
                    }
                }
            }
            if (fields[i] == null) {
                throw new MillraceException(
                        ErrorCode.PROGRAM_INVALID,
                        path + " of the schema has no field of its name in " + type + ".");
            }
        }
        return new StructColumn(schema, where, fields, columns);
    }

    @Override
    void set(ColumnVector vector, int at, Object value) {
        putRow(value, ((StructColumnVector) vector).fields, at);
    }

    void putRow(Object record, ColumnVector[] vectors, int at) {
        if (record == null) {
            throw new MillraceException(
                    ErrorCode.SCHEMA_INCOMPATIBLE,
                    "A record is null, and a row of an ORC file cannot be. Filter such records.");
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].put(vectors[i], at, fields[i].of(record));
        }
    }
}
