package io.millrace.connector.parquet;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A row group whose columns may lie in groups but are not repeated, leaf by leaf: rows are decoded
 * in batches, and no objects are made of values. Confined to its user.
 */
public final class LeafBatches {
    private final FlatColumn[] columns;
    private final Leaf[] leaves;
    private long undecoded;

    /**
     * @param file stays open; positions in it are those of the footer
     * @param group of a schema that {@link #canRead}
     * @param where the file, for messages
     * @throws MillraceException {@code INPUT_MALFORMED} naming file and column
     */
    public LeafBatches(
            FSDataInputStream file, ParquetMetadata footer, BlockMetaData group, String where) {
        List<ColumnDescriptor> all = footer.getFileMetaData().getSchema().getColumns();
        String createdBy = footer.getFileMetaData().getCreatedBy();
        this.columns = new FlatColumn[all.size()];
        this.leaves = new Leaf[all.size()];
        Map<ColumnPath, ColumnChunkMetaData> chunks = FlatRecords.chunksOf(group);
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(all.get(i), createdBy, where);
            columns[i].open(FlatRecords.pages(file, chunks, columns[i], group));
            leaves[i] = new Leaf(columns[i]);
        }
        this.undecoded = group.getRowCount();
    }

    /** Whether no column is repeated, and none of the old type INT96. */
    public static boolean canRead(MessageType schema) {
        return schema.getColumns().stream()
                .allMatch(
                        column ->
                                column.getMaxRepetitionLevel() == 0
                                        && column.getPrimitiveType().getPrimitiveTypeName()
                                                != PrimitiveTypeName.INT96);
    }

    private static FlatColumn column(ColumnDescriptor column, String createdBy, String where) {
        PrimitiveType type = column.getPrimitiveType();
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> new IntColumn(column, createdBy, where, Integer::valueOf);
            case INT64 -> new LongColumn(column, createdBy, where, Long::valueOf);
            case FLOAT -> new FloatColumn(column, createdBy, where, false);
            case DOUBLE -> new DoubleColumn(column, createdBy, where, Double::valueOf);
            case BOOLEAN -> new BooleanColumn(column, createdBy, where);
            case BINARY -> new SliceColumn(column, createdBy, where, -1);
            case FIXED_LEN_BYTE_ARRAY ->
                    new SliceColumn(column, createdBy, where, type.getTypeLength());
            case INT96 -> throw new IllegalArgumentException(column + " is of the type INT96");
        };
    }

    /**
     * @param index in the order of the schema's {@code getColumns()}
     */
    public Leaf leaf(int index) {
        return leaves[index];
    }

    public int leafCount() {
        return leaves.length;
    }

    /**
     * Decodes the next rows; what leaves had before is gone.
     *
     * @return how many rows, numbered from 0; 0 behind the last one, when all pages were as they
     *     say
     * @throws MillraceException {@code INPUT_MALFORMED} naming file and column
     */
    public int next() throws IOException {
        int rows = (int) Math.min(undecoded, FlatColumn.BATCH_ROWS);
        for (FlatColumn column : columns) {
            if (rows > 0) {
                column.read(rows);
            } else {
                column.end();
            }
        }
        undecoded -= rows;
        return rows;
    }

    /** The values of one leaf in the rows of the batch. Each method is for leaves of its type. */
    public static final class Leaf {
        private static final int[] NO_INTS = {};
        private static final long[] NO_LONGS = {};

        private final FlatColumn column;
        private final int[] ints;
        private final long[] longs;
        private final SliceColumn slices; // null if it is of another type

        Leaf(FlatColumn column) {
            this.column = column;
            this.ints = column instanceof IntColumn of ? of.values : NO_INTS;
            this.longs = column instanceof LongColumn of ? of.values : NO_LONGS;
            this.slices = column instanceof SliceColumn of ? of : null;
        }

        /** How much of the groups around the value, and of itself, is there. */
        public int definition(int row) {
            return column.definition(row);
        }

        public int intAt(int row) {
            return ints[row];
        }

        public long longAt(int row) {
            return longs[row];
        }

        public float floatAt(int row) {
            return ((FloatColumn) column).values[row];
        }

        public double doubleAt(int row) {
            return ((DoubleColumn) column).values[row];
        }

        public boolean booleanAt(int row) {
            return ((BooleanColumn) column).values[row];
        }

        /** Where the bytes of values lie, at {@link #begin}; not to be changed. */
        public byte[] bytes() {
            return slices.bytes;
        }

        public int begin(int row) {
            return slices.begins[row];
        }

        public int length(int row) {
            return slices.lengths[row];
        }
    }
}
