package io.millrace.connector.parquet.write;

import io.millrace.connector.parquet.ParquetRowGroups;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * A row group while it is gathered. For each row, values are added to all leaves, then {@link
 * #endRow} is called; {@link #writeTo} writes the group, and the next one begins. After an
 * exception of a leaf the row is half there: {@link #clear} the group or give the file up. Confined
 * to its user.
 */
public final class RowGroupColumns {
    private final LeafColumn[] leaves;
    private final Scratch scratch = new Scratch();
    private long rows;

    /**
     * @throws IllegalArgumentException if pages are not compressed by the codec here
     */
    public RowGroupColumns(MessageType schema, ColumnSettings settings) {
        this(schema, settings, ParquetRowGroups.compressor(settings.codec()));
    }

    /**
     * @param compressor of the codec that the settings name
     */
    public RowGroupColumns(
            MessageType schema, ColumnSettings settings, BytesInputCompressor compressor) {
        List<ColumnDescriptor> columns = schema.getColumns();
        this.leaves = new LeafColumn[columns.size()];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = new LeafColumn(columns.get(i), settings, compressor, scratch);
        }
    }

    /**
     * @param index of the leaf in the schema's {@code getColumns()}
     */
    public LeafColumn leaf(int index) {
        return leaves[index];
    }

    public int leafCount() {
        return leaves.length;
    }

    /** All leaves have the values of a row. */
    public void endRow() {
        rows++;
    }

    /** The same of several rows. */
    public void endRows(int count) {
        rows += count;
    }

    /** Rows that have ended since the last group was written. */
    public long rows() {
        return rows;
    }

    /** Bytes that are held for the group, about as many as it will have in the file. */
    public long bufferedBytes() {
        long bytes = 0;
        for (LeafColumn leaf : leaves) {
            bytes += leaf.bufferedBytes();
        }
        return bytes;
    }

    /** No row follows in this group: does of {@link #writeTo} what needs no file. */
    public void encode() {
        for (LeafColumn leaf : leaves) {
            leaf.finish();
        }
    }

    /**
     * Writes the row group, and is empty again. Without rows it writes nothing.
     *
     * @param file of the same schema, started, between two row groups
     */
    public void writeTo(ParquetFileWriter file) throws IOException {
        if (rows == 0) {
            return;
        }
        file.startBlock(rows);
        for (LeafColumn leaf : leaves) {
            leaf.finish().writeTo(file);
        }
        file.endBlock();
        rows = 0;
        scratch.trim();
    }

    /** Forgets all rows. */
    public void clear() {
        for (LeafColumn leaf : leaves) {
            leaf.clear();
        }
        rows = 0;
    }
}
