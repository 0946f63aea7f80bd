package io.millrace.savepoint;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.connector.parquet.ParquetRowGroups;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import io.millrace.savepoint.SavepointManifest.StoredTable;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

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

    private final TableLayout layout;
    private final Map<String, String> metadata;
    private final String path;
    private final MessageType message;
    private final MessageColumnIO columns;
    private final ParquetProperties properties;
    private final BytesInputCompressor compressor;
    private final FSDataOutputStream stream;
    private final SummedOutput out;
    private final ParquetFileWriter writer;
    private final RowOutput row = new RowOutput();
    private final List<RowGroup> groups = new ArrayList<>();
    private ColumnChunkPageWriteStore pages; // null between row groups
    private ColumnWriteStore values;
    private RecordConsumer consumer;
    private long rows;
    private long bytes;
    private int firstKeyGroup;
    private int lastKeyGroup;

    private TableFile(
            TableLayout layout,
            Map<String, String> metadata,
            String path,
            CompressionCodecName codec,
            FSDataOutputStream stream)
            throws IOException {
        this.layout = layout;
        this.metadata = metadata;
        this.path = path;
        this.message = layout.message();
        this.columns = new ColumnIOFactory().getColumnIO(message);
        this.properties =
                ParquetProperties.builder()
                        .withColumnIndexTruncateLength(TRUNCATED_BYTES)
                        .withStatisticsTruncateLength(TRUNCATED_BYTES)
                        .withPageWriteChecksumEnabled(true)
                        .build();
        this.compressor = ParquetRowGroups.codecs().getCompressor(codec);
        this.stream = stream;
        this.out = new SummedOutput(stream);
        this.writer =
                new ParquetFileWriter(
                        out,
                        message,
                        ParquetFileWriter.Mode.CREATE,
                        Long.MAX_VALUE,
                        0,
                        null,
                        properties);
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
        if (pages == null) {
            begin(keyGroup);
        }
        layout.write(values, row);
        rows++;
        bytes += rowBytes;
        lastKeyGroup = keyGroup;
    }

    /** The next row may be in another row group. */
    void mayEnd() throws IOException {
        if (bytes >= ENOUGH_BYTES) {
            end();
        }
    }

    /** The next row is in another row group. */
    void mustEnd() throws IOException {
        if (pages != null) {
            end();
        }
    }

    int rowGroups() {
        return groups.size();
    }

    private void begin(int keyGroup) {
        pages =
                new ColumnChunkPageWriteStore(
                        compressor, message, properties.getAllocator(), TRUNCATED_BYTES, true);
        values = properties.newColumnWriteStore(message, pages);
        consumer = columns.getRecordWriter(values);
        row.to(consumer);
        firstKeyGroup = keyGroup;
    }

    private void end() throws IOException {
        consumer.flush();
        out.beginPart();
        long offset = out.getPos();
        writer.startBlock(rows);
        values.flush();
        pages.flushToFileWriter(writer);
        writer.endBlock();
        groups.add(
                new RowGroup(
                        offset,
                        out.getPos() - offset,
                        rows,
                        firstKeyGroup,
                        lastKeyGroup,
                        Crc.text(out.endPart())));
        values.close();
        pages.close();
        pages = null;
        rows = 0;
        bytes = 0;
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
