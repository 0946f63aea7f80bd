package io.millrace.savepoint;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * A file of a savepoint while it is written: row groups that each stand for themselves, of about
 * {@value #ENOUGH_BYTES} bytes before they are encoded. Confined to its user.
 *
 * <p>{@link #finish} makes it durable; {@link #close} without it leaves what there is.
 */
/* parquet-java's own loop decides by itself when a row group ends. Here the caller says where one may
 * end, so that what belongs to one key stays together and a group can be read alone. */
final class TableFile implements Closeable {
    // Of the footer, for whoever reads a file alone.
    static final String KIND = "millrace.kind";
    static final String NAME = "millrace.name";
    static final String OPERATOR = "millrace.operator";
    static final String FORM = "millrace.form";
    static final String DESCRIPTION = "millrace.description";
    static final String VERSION = "millrace.savepoint.version";

    /** Of a row group, before it is encoded. */
    static final int ENOUGH_BYTES = 16 << 20;

    private static final int TRUNCATED_BYTES = 64;

    private final Map<String, String> metadata;
    private final String path;
    private final TableRows rows;
    private final FSDataOutputStream stream;
    private final SummedOutput out;
    private final ParquetFileWriter writer;
    private final List<RowGroup> groups = new ArrayList<>();

    private TableFile(
            TableLayout layout,
            Map<String, String> metadata,
            String path,
            CompressionCodecName codec,
            FSDataOutputStream stream)
            throws IOException {
        this.metadata = metadata;
        this.path = path;
        this.rows = new TableRows(layout, codec);
        this.stream = stream;
        this.out = new SummedOutput(stream);
        this.writer =
                new ParquetFileWriter(
                        out,
                        layout.message(),
                        ParquetFileWriter.Mode.CREATE,
                        Long.MAX_VALUE,
                        0,
                        null,
                        ParquetProperties.builder()
                                .withColumnIndexTruncateLength(TRUNCATED_BYTES)
                                .withStatisticsTruncateLength(TRUNCATED_BYTES)
                                .withPageWriteChecksumEnabled(true)
                                .build());
    }

    /**
     * Makes the file, never over another one.
     *
     * @param path relative to the savepoint's directory
     * @param metadata for the file's footer
     */
    static TableFile create(
            FileSystem files,
            Path directory,
            String path,
            TableLayout layout,
            Map<String, String> metadata,
            CompressionCodecName codec)
            throws IOException {
        FSDataOutputStream stream = files.createDurable(new Path(directory, path));
        try {
            TableFile file = new TableFile(layout, metadata, path, codec, stream);
            file.writer.start();
            return file;
        } catch (IOException | RuntimeException e) {
            try (stream) {
                throw e;
            }
        }
    }

    /** As {@link TableRows#write}. */
    void write(Object[] values, int keyGroup, long rowBytes) {
        rows.write(values, keyGroup, rowBytes);
    }

    /** As {@link TableRows#move}. */
    int move(KeyedForm form, int keyGroup, int count, BinaryReader in, PlainStructures structures) {
        return rows.move(form, keyGroup, count, in, structures);
    }

    /** Those of the row group that is being gathered. */
    TableRows rows() {
        return rows;
    }

    /** The next row may be in another row group. */
    void mayEnd() throws IOException {
        if (rows.bytes() >= ENOUGH_BYTES) {
            append(rows);
        }
    }

    /** The next row is in another row group. */
    void mustEnd() throws IOException {
        if (!rows.isEmpty()) {
            append(rows);
        }
    }

    int rowGroups() {
        return groups.size();
    }

    /**
     * Writes a row group that was gathered elsewhere, behind those that were written.
     *
     * @param group of the same layout, with at least one row; empty afterwards
     */
    void append(TableRows group) throws IOException {
        groups.add(group.writeTo(writer, out));
    }

    /** Makes what was written durable. */
    StoredTable finish() throws IOException {
        mustEnd();
        long tail = out.getPos();
        out.beginPart();
        writer.end(metadata);
        writer.close();
        StoredTable table =
                new StoredTable(
                        path,
                        out.getPos(),
                        Crc.text(out.sum()),
                        tail,
                        Crc.text(out.endPart()),
                        List.copyOf(groups));
        stream.close();
        return table;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
