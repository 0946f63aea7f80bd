package io.millrace.connector.orc.writer;

import io.millrace.api.type.Row;
import io.millrace.api.type.RowTypeInfo;
import io.millrace.connector.file.columnar.ObjectFields;
import java.util.Properties;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcConf;
import org.apache.orc.TypeDescription;

/**
 * Writers of ORC files, for {@code FileSink.forBulkFormat}: a column for each field, of the field's
 * name. Streams are compressed by Snappy unless said otherwise. Stateless.
 *
 * <p>Without a schema, columns are of the types of the fields: {@code boolean} to {@code double},
 * {@code string}, {@code binary} of {@code byte[]}, {@code decimal(38,18)}, {@code date} of {@code
 * LocalDate}, {@code timestamp} of {@code LocalDateTime}, {@code timestamp with local time zone} of
 * {@code Instant}, {@code array} of {@code List}, {@code map} of {@code Map}, {@code struct} of a
 * row, plain class or Java record. With one, each of its columns is written from the field of its
 * name, as far as the value fits.
 *
 * <p>A value that its column cannot hold as it is ends the job with {@code SCHEMA_INCOMPATIBLE},
 * which names column and value: nothing is rounded or cut.
 */
public final class OrcWriters {
    private OrcWriters() {}

    /**
     * Of a plain class or Java record.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if it is neither, or
     *     a field's type has no column
     */
    public static <T> OrcBulkWriterFactory<T> forClass(Class<T> type) {
        return forClass(type, CompressionKind.SNAPPY);
    }

    /**
     * @param compression NONE, ZLIB, SNAPPY, LZO, LZ4 or ZSTD
     */
    public static <T> OrcBulkWriterFactory<T> forClass(Class<T> type, CompressionKind compression) {
        return factory(
                RecordVectorizer.of(new ObjectFields<>(type, "ORC").description()), compression);
    }

    /**
     * @param schema as ORC writes it, such as {@code struct<id:bigint,price:decimal(12,2)>}; fields
     *     of which it has no column are left out
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if a column has no
     *     field, or one that it can never hold
     */
    public static <T> OrcBulkWriterFactory<T> forClass(
            Class<T> type, String schema, CompressionKind compression) {
        return factory(
                new RecordVectorizer<>(
                        TypeDescription.fromString(schema),
                        new ObjectFields<>(type, "ORC").description()),
                compression);
    }

    /** Rows of these fields. */
    public static OrcBulkWriterFactory<Row> forRow(RowTypeInfo columns) {
        return forRow(columns, CompressionKind.SNAPPY);
    }

    /**
     * @param compression NONE, ZLIB, SNAPPY, LZO, LZ4 or ZSTD
     */
    public static OrcBulkWriterFactory<Row> forRow(
            RowTypeInfo columns, CompressionKind compression) {
        return factory(RecordVectorizer.of(columns), compression);
    }

    /**
     * @param schema as ORC writes it
     */
    public static OrcBulkWriterFactory<Row> forRow(
            RowTypeInfo columns, String schema, CompressionKind compression) {
        return factory(
                new RecordVectorizer<>(TypeDescription.fromString(schema), columns), compression);
    }

    private static <T> OrcBulkWriterFactory<T> factory(
            RecordVectorizer<T> vectorizer, CompressionKind compression) {
        Properties settings = new Properties();
        settings.setProperty(OrcConf.COMPRESS.getAttribute(), compression.name());
        return new OrcBulkWriterFactory<>(vectorizer, settings);
    }
}
