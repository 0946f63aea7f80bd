package io.millrace.connector.orc.writer;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.Row;

/** A field of a row, by its position. Immutable. */
record RowField(int index) implements StructColumn.FieldOf {
    @Override
    public Object of(Object record) {
        Row row = (Row) record;
        if (index >= row.getArity()) {
            throw new MillraceException(
                    ErrorCode.SCHEMA_INCOMPATIBLE,
                    "a row has "
                            + row.getArity()
                            + " fields, but field "
                            + index
                            + " (counted from 0) is a column of the ORC file: "
                            + row);
        }
        return row.getField(index);
    }
}
