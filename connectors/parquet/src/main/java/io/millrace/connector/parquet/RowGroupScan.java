package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.connector.file.columnar.RecordScan;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.compat.RowGroupFilter;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Records of the row groups that begin in a part of a file. A position in it is the byte at which a
 * group begins, and the rows of the group that have been read. Confined to its task.
 */
final class RowGroupScan<T> implements RecordScan<T> {
    private final FSDataInputStream file;
    private final GroupRecords<T> records;
    private final Deque<BlockMetaData> groups = new ArrayDeque<>();
    private long groupOffset;
    private long groupRows;
    private long rowsRead;

    private RowGroupScan(
            FSDataInputStream file,
            GroupRecords<T> records,
            List<BlockMetaData> groups,
            long from) {
        this.file = file;
        this.records = records;
        this.groups.addAll(groups);
        this.groupOffset = from;
    }

    /**
     * Takes the file over, also when it fails.
     *
     * @param from only row groups that begin here or later
     * @param to and before here
     * @param needed row groups whose statistics say that no row fulfils this are passed over; may
     *     be null
     */
    static <T> RowGroupScan<T> open(
            FSDataInputStream file,
            long fileBytes,
            long from,
            long to,
            RecordShape<T> shape,
            FilterPredicate needed,
            String where)
            throws IOException {
        try {
            ParquetMetadata footer = Footer.read(file, fileBytes, where);
            List<BlockMetaData> groups = new ArrayList<>();
            for (BlockMetaData group : footer.getBlocks()) {
                long begin = group.getColumns().isEmpty() ? 0 : group.getStartingPos();
                if (begin >= from && begin < to && group.getRowCount() > 0) {
                    groups.add(group);
                }
            }
            if (needed != null) {
                groups = matching(groups, needed, footer, where);
            }
            return new RowGroupScan<>(file, shape.of(footer, where), groups, from);
        } catch (IOException | RuntimeException e) {
            try {
                file.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static List<BlockMetaData> matching(
            List<BlockMetaData> groups,
            FilterPredicate needed,
            ParquetMetadata footer,
            String where) {
        try {
            return RowGroupFilter.filterRowGroups(
                    FilterCompat.get(needed), groups, footer.getFileMetaData().getSchema());
        } catch (IllegalArgumentException e) {
            throw Malformed.schema(
                    where, "the filter " + needed + " does not fit the file: " + e.getMessage());
        }
    }

    @Override
    public boolean hasNext() {
        return rowsRead < groupRows || !groups.isEmpty();
    }

    /** Only if there is one. */
    @Override
    public T next() throws IOException {
        if (rowsRead == groupRows) {
            BlockMetaData group = groups.remove();
            groupOffset = group.getStartingPos();
            groupRows = group.getRowCount();
            rowsRead = 0;
            records.open(file, group);
        }
        T record = records.next();
        rowsRead++;
        if (rowsRead == groupRows) {
            records.end();
        }
        return record;
    }

    /** Where the row group of the last record begins, in bytes. */
    @Override
    public long blockOffset() {
        return groupOffset;
    }

    /** Rows of that group that have been read. */
    @Override
    public long readOfBlock() {
        return rowsRead;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
