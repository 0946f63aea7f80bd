package io.millrace.connector.parquet;

import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;

/**
 * Formats that read columns which are not nested, for {@code FileSource.forBulkFileFormat}. A
 * column that a file lacks is null. Stateless.
 *
 * <p>Classes of fields: {@code boolean}, {@code int}, {@code long}, {@code float}, {@code double}
 * and their objects, {@code byte} and {@code short} for columns that are so annotated, {@code
 * String}, {@code byte[]}, {@code BigDecimal}, {@code LocalDate}, {@code LocalTime}, {@code
 * Instant} and {@code LocalDateTime} (of timestamps, in UTC), {@code UUID}.
 */
public final class ParquetReaders {
    private ParquetReaders() {}

    /** Rows with these columns, in this order. */
    public static ParquetFormat<Row> forRow(RowTypeInfo columns) {
        return new ParquetFormat<>(new RowShape(columns), columns, null);
    }

    /**
     * Objects of a plain class or Java record; its fields are the columns that are read.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if it is neither
     */
    public static <T> ParquetFormat<T> forClass(Class<T> type) {
        ObjectShape<T> shape = new ObjectShape<>(type);
        return new ParquetFormat<>(shape, shape.description(), null);
    }
}
