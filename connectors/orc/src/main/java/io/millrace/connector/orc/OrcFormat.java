package io.millrace.connector.orc;

import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.BulkFormat;
import io.millrace.connector.file.CheckpointedPosition;
import io.millrace.connector.file.FileSourceSplit;
import io.millrace.connector.file.MutableRecordAndPosition;
import io.millrace.connector.file.RecordAndPosition;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads records of the columns of ORC files, the columns that a record has and no others; made by
 * {@link OrcReaders}. A stripe is read by whoever has the split in which it begins; the bytes of
 * its columns are in memory while it is. Immutable.
 */
public final class OrcFormat<T> implements BulkFormat<T, FileSourceSplit> {
    private static final long serialVersionUID = 1L;

    private final RecordShape<T> shape;
    private final TypeInformation<T> type;

    OrcFormat(RecordShape<T> shape, TypeInformation<T> type) {
        this.shape = shape;
        this.type = type;
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
        String where = split.path().toString();
        StripeScan<T> scan =
                StripeScan.open(
                        new FileBytes(
                                split.path().getFileSystem().open(split.path()),
                                split.fileSize(),
                                where),
                        from,
                        split.offset() + split.length(),
                        shape,
                        where);
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
        private final StripeScan<T> scan;
        private final MutableRecordAndPosition<T> position = new MutableRecordAndPosition<>();
        private int left;

        Batches(StripeScan<T> scan) {
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
            left = StripeScan.BATCH_ROWS;
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
                position.set(record, scan.stripeOffset(), scan.rowsRead());
                return position;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
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
