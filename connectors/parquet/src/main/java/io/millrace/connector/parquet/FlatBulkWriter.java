package io.millrace.connector.parquet;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.connector.parquet.write.ColumnSettings;
import io.millrace.connector.parquet.write.LeafColumn;
import io.millrace.connector.parquet.write.RowGroupColumns;
import java.io.IOException;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;

/**
 * Writes records whose fields are columns, without parquet-java's record and column writers.
 * Confined to its task.
 *
 * <p>A record that cannot be written, or a file system that fails, ends the file: it can only be
 * thrown away then.
 */
final class FlatBulkWriter<T> implements BulkWriter<T> {
    private static final int MAX_ROWS_UNCHECKED = 10_000;

    private final RowPut put;
    private final ParquetFileWriter file;
    private final Map<String, String> metadata;
    private final RowGroupColumns group;
    private final LeafColumn[] columns;
    private final long groupBytes;
    private long nextCheck = 1;
    private boolean failed;

    private FlatBulkWriter(
            RowPut put,
            ParquetFileWriter file,
            MessageType schema,
            Map<String, String> metadata,
            ColumnSettings settings,
            long groupBytes) {
        this.put = put;
        this.file = file;
        this.metadata = metadata;
        this.group = new RowGroupColumns(schema, settings);
        this.groupBytes = groupBytes;
        this.columns = new LeafColumn[group.leafCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = group.leaf(i);
        }
    }

    /**
     * @param schema of columns that are not nested, as {@code put} adds to them
     * @param metadata for the footer
     * @param groupBytes of a row group, about as many as it has in the file
     * @param out stays open
     */
    static <T> FlatBulkWriter<T> create(
            RowPut put,
            MessageType schema,
            Map<String, String> metadata,
            ColumnSettings settings,
            long groupBytes,
            FSDataOutputStream out)
            throws IOException {
        ParquetFileWriter file =
                new ParquetFileWriter(
                        new StreamOutputFile(out),
                        schema,
                        ParquetFileWriter.Mode.CREATE,
                        groupBytes,
                        ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                        null,
                        ParquetProperties.builder().withPageWriteChecksumEnabled(true).build());
        file.start();
        return new FlatBulkWriter<>(put, file, schema, Map.copyOf(metadata), settings, groupBytes);
    }

    @Override
    public void addElement(T element) throws IOException {
        requireWhole();
        failed = true; // until it is known to be there
        try {
            put.put(columns, element);
        } catch (MillraceException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "a record of "
                            + (element == null ? "null" : element.getClass().getName())
                            + " cannot be written as Parquet: "
                            + e,
                    e);
        }
        group.endRow();
        if (group.rows() >= nextCheck) {
            writeIfFull();
        }
        failed = false;
    }

    private void writeIfFull() throws IOException {
        long rows = group.rows();
        long buffered = group.bufferedBytes();
        long free = groupBytes - buffered;
        long rowBytes = Math.max(1, buffered / rows);
        if (free < 2 * rowBytes) {
            group.writeTo(file);
            rows = 0;
            free = groupBytes;
        }
        // Half of what fits by what rows have had until now, and no more than there have been,
        // since later ones may be larger.
        long unchecked = Math.min(free / rowBytes / 2, Math.min(rows, MAX_ROWS_UNCHECKED));
        nextCheck = rows + Math.max(1, unchecked);
    }

    private void requireWhole() throws IOException {
        if (failed) {
            throw new IOException(
                    "the file of Parquet was given up because of an earlier error, and cannot be"
                            + " gone on with: throw it away");
        }
    }

    /** Does nothing: a row group is written when it is full. */
    @Override
    public void flush() {}

    @Override
    public void finish() throws IOException {
        requireWhole();
        failed = true;
        group.writeTo(file);
        file.end(metadata);
        file.close();
    }
}
