package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;

/** Records of columns that are not nested, decoded many rows at a time. Confined to its task. */
final class FlatRecords<T> implements GroupRecords<T> {
    private final List<FlatColumn> columns;
    private final RecordMaker<T> maker;
    private final String where;
    private final Object[] made = new Object[FlatColumn.BATCH_ROWS];
    private long undecoded;
    private int next;
    private int decoded;

    /**
     * @param columns that are needed
     * @param where the file, for messages
     */
    FlatRecords(List<FlatColumn> columns, RecordMaker<T> maker, String where) {
        this.columns = List.copyOf(columns);
        this.maker = maker;
        this.where = where;
    }

    @Override
    public void open(FSDataInputStream file, BlockMetaData group) {
        Map<ColumnPath, ColumnChunkMetaData> chunks = chunksOf(group);
        for (FlatColumn column : columns) {
            column.open(pages(file, chunks, column, group));
        }
        undecoded = group.getRowCount();
        next = 0;
        decoded = 0;
    }

    static Map<ColumnPath, ColumnChunkMetaData> chunksOf(BlockMetaData group) {
        Map<ColumnPath, ColumnChunkMetaData> chunks = new HashMap<>();
        group.getColumns().forEach(chunk -> chunks.put(chunk.getPath(), chunk));
        return chunks;
    }

    static ColumnPages pages(
            FSDataInputStream file,
            Map<ColumnPath, ColumnChunkMetaData> chunks,
            FlatColumn column,
            BlockMetaData group) {
        String where = column.where();
        ColumnChunkMetaData chunk = chunks.get(ColumnPath.get(column.descriptor().getPath()));
        if (chunk == null) {
            throw Malformed.file(where, "a row group has no such column");
        }
        if (chunk.getValueCount() != group.getRowCount()) {
            throw Malformed.file(
                    where,
                    "it has "
                            + chunk.getValueCount()
                            + " values in a row group of "
                            + group.getRowCount()
                            + " rows");
        }
        return new ColumnPages(file, chunk, column.buffers(), where);
    }

    @Override
    @SuppressWarnings("unchecked") // the maker makes them
    public T next() throws IOException {
        if (next == decoded) {
            decode();
        }
        return (T) made[next++];
    }

    private void decode() throws IOException {
        if (undecoded == 0) {
            throw new IllegalStateException("a row group of " + where + " has no more rows");
        }
        int rows = (int) Math.min(undecoded, FlatColumn.BATCH_ROWS);
        for (FlatColumn column : columns) {
            column.read(rows);
        }
        maker.make(made, rows);
        undecoded -= rows;
        next = 0;
        decoded = rows;
    }

    @Override
    public void end() throws IOException {
        for (FlatColumn column : columns) {
            column.end();
        }
    }
}
