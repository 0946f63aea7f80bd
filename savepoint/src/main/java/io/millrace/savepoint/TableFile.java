package io.millrace.savepoint;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.connector.parquet.ParquetRowGroups;
import io.millrace.connector.parquet.write.ColumnSettings;
import io.millrace.connector.parquet.write.RowGroupColumns;
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

    private static final int ENOUGH_BYTES = 16 << 20;
    private static final int TRUNCATED_BYTES = 64;
    private static final int NONE = -1;

    /**
     * Texts take two thirds of the time that they take at level 1; what is lost is the entropy of
     * digits. Snappy is no faster, and not on an engine's class path.
     */
    private static final int ZSTD_LEVEL = -3;

    private final Map<String, String> metadata;
    private final String path;
    private final RowGroupColumns group; // the same for all row groups: its memory is used again
    private final TableColumns columns;
    private final FSDataOutputStream stream;
    private final SummedOutput out;
    private final ParquetFileWriter writer;
    private final List<RowGroup> groups = new ArrayList<>();
    private long bytes;
    private int firstKeyGroup = NONE; // of the row group
    private int lastKeyGroup;

    private TableFile(
            TableLayout layout,
            Map<String, String> metadata,
            String path,
            CompressionCodecName codec,
            FSDataOutputStream stream)
            throws IOException {
        this.metadata = metadata;
        this.path = path;
        this.group =
                new RowGroupColumns(
                        layout.message(),
                        ColumnSettings.of(codec).withDeltas(),
                        codec == CompressionCodecName.ZSTD
                                ? ParquetRowGroups.zstdCompressor(ZSTD_LEVEL)
                                : ParquetRowGroups.compressor(codec));
        this.columns = layout.columns(group);
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

    /**
     * Adds a row.
     *
     * @param keyGroup never lower than before; 0 for what is not keyed
     * @param rowBytes about so many, in the engine's form
     */
    void write(Object[] values, int keyGroup, long rowBytes) {
        columns.write(values);
        added(keyGroup, rowBytes);
    }

    /**
     * Adds the rows that the next rows of a unit are.
     *
     * @param form of the layout that the file has
     * @param keyGroup as above
     * @param rows that follow in the unit, at least one
     * @param in at the first row; at the end of the last one that was added afterwards
     * @param structures what the unit has described so far
     * @return how many rows of the unit were added
     */
    int move(KeyedForm form, int keyGroup, int rows, BinaryReader in, PlainStructures structures) {
        int from = in.position();
        long before = group.rows();
        int moved = form.move(keyGroup, rows, in, structures, columns);
        if (group.rows() > before) {
            added(keyGroup, in.position() - from);
        }
        return moved;
    }

    private void added(int keyGroup, long rowBytes) {
        if (firstKeyGroup == NONE) {
            firstKeyGroup = keyGroup;
        }
        lastKeyGroup = keyGroup;
        bytes += rowBytes;
    }

    /** The next row may be in another row group. */
    void mayEnd() throws IOException {
        if (bytes >= ENOUGH_BYTES) {
            end();
        }
    }

    /** The next row is in another row group. */
    void mustEnd() throws IOException {
        if (group.rows() > 0) {
            end();
        }
    }

    int rowGroups() {
        return groups.size();
    }

    private void end() throws IOException {
        out.beginPart();
        long offset = out.getPos();
        long rows = group.rows();
        group.writeTo(writer);
        groups.add(
                new RowGroup(
                        offset,
                        out.getPos() - offset,
                        rows,
                        firstKeyGroup,
                        lastKeyGroup,
                        Crc.text(out.endPart())));
        bytes = 0;
        firstKeyGroup = NONE;
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
