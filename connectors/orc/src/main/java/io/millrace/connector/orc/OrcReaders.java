package io.millrace.connector.orc;

import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;

/**
 * Formats that read columns of ORC files, for {@code FileSource.forBulkFileFormat}. Columns, and
 * the fields of structs, are found by their names; one that a file lacks is null. Stateless.
 *
 * <p>Classes of fields: {@code boolean}, {@code byte}, {@code short}, {@code int}, {@code long},
 * {@code float}, {@code double} and their objects, of columns of that type or a narrower one,
 * {@code String}, {@code byte[]}, {@code BigDecimal}, {@code LocalDate}, {@code LocalDateTime} and
 * {@code Instant} (a timestamp without time zone is then taken as one of UTC, and the other way
 * round). Nested: {@code List} of an array, {@code Map} of a map, and a row, a plain class or a
 * Java record of a struct, of which only the fields are read that it has.
 */
public final class OrcReaders {
    private OrcReaders() {}

    /** Rows with these columns, in this order. */
    public static OrcFormat<Row> forRow(RowTypeInfo columns) {
        return new OrcFormat<>(new RowShape(columns), columns);
    }

    /**
     * Objects of a plain class or Java record; its fields are the columns that are read.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if it is neither
     */
    public static <T> OrcFormat<T> forClass(Class<T> type) {
        ObjectShape<T> shape = new ObjectShape<>(type);
        return new OrcFormat<>(shape, shape.description());
    }
}
