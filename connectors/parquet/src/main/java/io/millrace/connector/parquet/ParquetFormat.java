package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.BulkFormat;
import io.millrace.connector.file.CheckpointedPosition;
import io.millrace.connector.file.FileSourceSplit;
import io.millrace.connector.file.MutableRecordAndPosition;
import io.millrace.connector.file.RecordAndPosition;
import java.io.IOException;
import java.util.Objects;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/**
 * Reads records of the columns of Parquet files, the columns that a record has and no others; made
 * by {@link ParquetReaders}. A row group is read by whoever has the split in which it begins.
 * Immutable.
 */
public final class ParquetFormat<T> implements BulkFormat<T, FileSourceSplit> {
    private static final long serialVersionUID = 1L;
    private static final int BATCH_RECORDS = 1024;

    private final RecordShape<T> shape;
    private final TypeInformation<T> type;

    /** Null if all row groups are read. */
    private final FilterPredicate needed;

    ParquetFormat(RecordShape<T> shape, TypeInformation<T> type, FilterPredicate needed) {
        this.shape = shape;
        this.type = type;
        this.needed = needed;
    }

    /**
     * This format, which passes row groups over whose statistics tell that no row fulfils a
     * condition. Rows of other groups come whether they fulfil it or not: filter them as well.
     */
    public ParquetFormat<T> skipRowGroups(FilterPredicate unless) {
        return new ParquetFormat<>(shape, type, Objects.requireNonNull(unless));
    }

    @Override
    public Reader<T> createReader(Configuration config, FileSourceSplit split) throws IOException {
        return open(split, split.offset(), 0);
    }

    @Override
    public Reader<T> restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        CheckpointedPosition position = split.getReaderPosition().orElseThrow();
        long from =
                position.offset() == CheckpointedPosition.NO_OFFSET
                        ? split.offset()
                        : position.offset();
        return open(split, from, position.recordsAfterOffset());
    }

    private Reader<T> open(FileSourceSplit split, long from, long skip) throws IOException {
        FSDataInputStream file = split.path().getFileSystem().open(split.path());
        RowGroupScan<T> scan =
                RowGroupScan.open(
                        file,
                        split.fileSize(),
                        from,
                        split.offset() + split.length(),
                        shape,
                        needed,
                        split.path().toString());
        Batches<T> batches = new Batches<>(scan);
        batches.skip(skip);
        return batches;
    }

    @Override
    public boolean isSplittable() {
        return true;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    /** Gives the records of a scan. Confined to its task. */
    private static final class Batches<T> implements Reader<T>, RecordIterator<T> {
        private final RowGroupScan<T> scan;
        private final MutableRecordAndPosition<T> position = new MutableRecordAndPosition<>();
        private int left;

        Batches(RowGroupScan<T> scan) {
            this.scan = scan;
        }

        void skip(long records) throws IOException {
            try {
                for (long i = 0; i < records && scan.hasNext(); i++) {
                    scan.next();
                }
            } catch (IOException | RuntimeException e) {
                scan.close();
                throw e;
            }
        }

        @Override
        public RecordIterator<T> readBatch() {
            left = BATCH_RECORDS;
            return scan.hasNext() ? this : null;
        }

        @Override
        public RecordAndPosition<T> next() {
            if (left == 0 || !scan.hasNext()) {
                return null;
            }
            left--;
            try {
                T record = scan.next();
                position.set(record, scan.groupOffset(), scan.rowsRead());
                return position;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void releaseBatch() {
            left = 0;
        }

        @Override
        public void close() throws IOException {
            scan.close();
        }
    }
}
