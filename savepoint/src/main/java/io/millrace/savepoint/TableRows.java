package io.millrace.savepoint;

import io.millrace.connector.parquet.ParquetRowGroups;
import io.millrace.connector.parquet.write.ColumnSettings;
import io.millrace.connector.parquet.write.RowGroupColumns;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.savepoint.SavepointManifest.RowGroup;
import java.io.IOException;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The rows of a row group while they are gathered. Its memory is used again for the next one.
 * Confined to one user at a time.
 */
final class TableRows {
    /**
     * Texts take two thirds of the time that they take at level 1; what is lost is the entropy of
     * digits. Snappy is no faster, and not on an engine's class path.
     */
    private static final int ZSTD_LEVEL = -3;

    private static final int NONE = -1;

    private final RowGroupColumns group;
    private final TableColumns columns;
    private long bytes;
    private int firstKeyGroup = NONE;
    private int lastKeyGroup;

    TableRows(TableLayout layout, CompressionCodecName codec) {
        this.group =
                new RowGroupColumns(
                        layout.message(),
                        ColumnSettings.of(codec).withDeltas(),
                        codec == CompressionCodecName.ZSTD
                                ? ParquetRowGroups.zstdCompressor(ZSTD_LEVEL)
                                : ParquetRowGroups.compressor(codec));
        this.columns = layout.columns(group);
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
     * @param form of the layout that this has
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

    boolean isEmpty() {
        return group.rows() == 0;
    }

    /** Before they are encoded. */
    long bytes() {
        return bytes;
    }

    /** No row follows: does of {@link #writeTo} what needs no file. */
    void encode() {
        group.encode();
    }

    /**
     * Writes the row group, at least one row, and is empty again.
     *
     * @param out what {@code writer} writes to
     */
    RowGroup writeTo(ParquetFileWriter writer, SummedOutput out) throws IOException {
        out.beginPart();
        long offset = out.getPos();
        long rows = group.rows();
        group.writeTo(writer);
        RowGroup written =
                new RowGroup(
                        offset,
                        out.getPos() - offset,
                        rows,
                        firstKeyGroup,
                        lastKeyGroup,
                        Crc.text(out.endPart()));
        bytes = 0;
        firstKeyGroup = NONE;
        return written;
    }
}
