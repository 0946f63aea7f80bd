package io.millrace.connector.parquet.write;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The values of one leaf column of a row group with their levels, added in the order of the rows. A
 * present value's definition level is the column's greatest, that of a null is less; a repetition
 * level of 0 begins a row. Methods of another type than the column's fail with {@code
 * IllegalArgumentException}. Confined to the row group's user.
 */
public final class LeafColumn {
    private final ColumnDescriptor descriptor;
    private final PageValues present;
    private final Levels levels;
    private final ColumnChunk chunk;
    private final int maxRows;
    private final int maxBytes;

    /** So many numbers have as many bytes as a page may have; of bytes the length is looked at. */
    private final int maxCount;

    private int rows;

    /** The page ends before the row behind so many. */
    private int rowLimit;

    LeafColumn(
            ColumnDescriptor descriptor,
            ColumnSettings settings,
            BytesInputCompressor compressor,
            Scratch scratch) {
        this.descriptor = descriptor;
        this.present = new PageValues(descriptor.getPrimitiveType());
        this.levels = new Levels(descriptor);
        this.chunk = new ColumnChunk(descriptor, settings, compressor, scratch);
        this.maxRows = settings.pageRows();
        this.maxBytes = settings.pageBytes();
        this.maxCount =
                switch (present.kind) {
                    case INTS -> Math.max(1, maxBytes / Integer.BYTES);
                    case LONGS -> Math.max(1, maxBytes / Long.BYTES);
                    case BOOLEANS, BYTES -> maxBytes;
                };
        this.rowLimit = mostRows();
    }

    /** The column that this is. */
    public ColumnDescriptor descriptor() {
        return descriptor;
    }

    /** Of a column of INT32. */
    public void addInt(int repetition, int definition, int value) {
        assert isPresent(PrimitiveTypeName.INT32, definition) : descriptor;
        begin(repetition, definition);
        present.addInt(value);
    }

    /** Of a column of INT64. */
    public void addLong(int repetition, int definition, long value) {
        assert isPresent(PrimitiveTypeName.INT64, definition) : descriptor;
        begin(repetition, definition);
        present.addLong(value);
    }

    /** Of a column of FLOAT. */
    public void addFloat(int repetition, int definition, float value) {
        assert isPresent(PrimitiveTypeName.FLOAT, definition) : descriptor;
        begin(repetition, definition);
        present.addInt(Float.floatToRawIntBits(value));
    }

    /** Of a column of DOUBLE. */
    public void addDouble(int repetition, int definition, double value) {
        assert isPresent(PrimitiveTypeName.DOUBLE, definition) : descriptor;
        begin(repetition, definition);
        present.addLong(Double.doubleToRawLongBits(value));
    }

    /** Of a column of BOOLEAN. */
    public void addBoolean(int repetition, int definition, boolean value) {
        assert isPresent(PrimitiveTypeName.BOOLEAN, definition) : descriptor;
        begin(repetition, definition);
        present.addBoolean(value);
    }

    /** Of a column of BINARY, FIXED_LEN_BYTE_ARRAY or INT96. The bytes are copied. */
    public void addBytes(int repetition, int definition, byte[] bytes, int offset, int length) {
        assert definition == descriptor.getMaxDefinitionLevel() : descriptor;
        begin(repetition, definition);
        present.addBytes(bytes, offset, length);
        limitBytes();
    }

    /** Of a column of BINARY, as UTF-8. */
    public void addText(int repetition, int definition, String text) {
        assert definition == descriptor.getMaxDefinitionLevel() : descriptor;
        begin(repetition, definition);
        present.addText(text);
        limitBytes();
    }

    public void addNull(int repetition, int definition) {
        assert definition < descriptor.getMaxDefinitionLevel() : descriptor;
        begin(repetition, definition);
    }

    /**
     * Numbers of 32 bits, or of fewer that are signed, of rows of a column that is not repeated, in
     * little-endian order.
     *
     * @param places where the number of each row is, less the shift; negative if it has none: then
     *     the complement of its definition level
     * @param width of each in bytes: 1, 2 or 4
     */
    public void addInts(
            int definition, byte[] from, int[] places, int shift, int width, int count) {
        for (int done = 0; done < count; ) {
            int end = done + beginRows(count - done);
            levels.addAll(definition, places, done, end - done);
            present.addInts(from, places, shift, width, done, end);
            done = end;
        }
    }

    /** Numbers of 64 bits, integers or bits of DOUBLE, likewise. */
    public void addLongs(int definition, byte[] from, int[] places, int shift, int count) {
        for (int done = 0; done < count; ) {
            int end = done + beginRows(count - done);
            levels.addAll(definition, places, done, end - done);
            present.addLongs(from, places, shift, done, end);
            done = end;
        }
    }

    /** Truth values, likewise: bytes that are 0 if false. */
    public void addBooleans(int definition, byte[] from, int[] places, int shift, int count) {
        for (int done = 0; done < count; ) {
            int end = done + beginRows(count - done);
            levels.addAll(definition, places, done, end - done);
            present.addBooleans(from, places, shift, done, end);
            done = end;
        }
    }

    /**
     * Bytes, likewise.
     *
     * @param lengths of those that are there
     */
    public void addBytes(int definition, byte[] from, int[] places, int[] lengths, int count) {
        for (int i = 0; i < count; i++) {
            int place = places[i];
            if (place < 0) {
                begin(0, ~place);
            } else {
                begin(0, definition);
                present.addBytes(from, place, lengths[i]);
                limitBytes();
            }
        }
    }

    /** One number for each of so many rows of a column that is not repeated. */
    public void addSameInt(int definition, int value, int count) {
        for (int done = 0; done < count; ) {
            int rowsOfPage = beginRows(count - done);
            levels.addSame(definition, rowsOfPage);
            present.addSameInt(value, rowsOfPage);
            done += rowsOfPage;
        }
    }

    /**
     * Nulls for each of so many rows of a column that is not repeated.
     *
     * @param places as for numbers, but where one is there the definition counts, which is less
     *     than the column's
     */
    public void addNulls(int definition, int[] places, int count) {
        for (int done = 0; done < count; ) {
            int rowsOfPage = beginRows(count - done);
            levels.addAll(definition, places, done, rowsOfPage);
            done += rowsOfPage;
        }
    }

    /** Nulls for each of so many rows. */
    public void addNulls(int definition, int count) {
        for (int done = 0; done < count; ) {
            int rowsOfPage = beginRows(count - done);
            levels.addSame(definition, rowsOfPage);
            done += rowsOfPage;
        }
    }

    /** Begins as many rows as the page takes, at least one. */
    private int beginRows(int wanted) {
        if (rows == rowLimit) {
            endPage();
        }
        int taken = Math.min(wanted, rowLimit - rows);
        rows += taken;
        return taken;
    }

    private boolean isPresent(PrimitiveTypeName type, int definition) {
        return descriptor.getPrimitiveType().getPrimitiveTypeName() == type
                && definition == descriptor.getMaxDefinitionLevel();
    }

    private void begin(int repetition, int definition) {
        if (repetition == 0) {
            if (rows == rowLimit) {
                endPage();
            }
            rows++;
        } else if (present.count >= maxCount) {
            rowLimit = rows;
        }
        levels.add(repetition, definition);
    }

    private void limitBytes() {
        if (present.bytes.length >= maxBytes) {
            rowLimit = rows;
        }
    }

    private int mostRows() {
        return Math.min(maxRows, maxCount);
    }

    private void endPage() {
        chunk.add(present, levels, rows);
        present.clear(maxBytes);
        levels.clear();
        rows = 0;
        rowLimit = mostRows();
    }

    /** Bytes that are held: pages that are compressed, and values that are not yet. */
    public long bufferedBytes() {
        return chunk.bytes() + present.plainBytes() + levels.count(0);
    }

    /** The pages of the row group so far; none are left out. */
    ColumnChunk finish() {
        if (rows > 0) {
            endPage();
        }
        return chunk;
    }

    void clear() {
        present.clear(maxBytes);
        levels.clear();
        rows = 0;
        rowLimit = mostRows();
        chunk.clear();
    }
}
