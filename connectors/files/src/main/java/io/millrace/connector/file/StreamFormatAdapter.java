package io.millrace.connector.file;

import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;

/**
 * A stream format as a bulk format. The source's own reader knows it and reads its records one by
 * one, without batches; others get batches. Immutable.
 */
public final class StreamFormatAdapter<T> implements BulkFormat<T, FileSourceSplit> {
    private static final long serialVersionUID = 1L;
    private static final int BATCH_RECORDS = 256;

    private final StreamFormat<T> streamFormat;

    public StreamFormatAdapter(StreamFormat<T> streamFormat) {
        this.streamFormat = Objects.requireNonNull(streamFormat);
    }

    StreamFormat<T> streamFormat() {
        return streamFormat;
    }

    @Override
    public Reader<T> createReader(Configuration config, FileSourceSplit split) throws IOException {
        return new BatchReader<>(StreamRecords.open(streamFormat, config, split));
    }

    @Override
    public Reader<T> restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        return createReader(config, split);
    }

    @Override
    public boolean isSplittable() {
        return streamFormat.isSplittable();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return streamFormat.getProducedType();
    }

    /** Reads some records ahead. Confined to its task. */
    private static final class BatchReader<T> implements Reader<T> {
        private final StreamRecords<T> records;

        BatchReader(StreamRecords<T> records) {
            this.records = records;
        }

        @Override
        public RecordIterator<T> readBatch() throws IOException {
            ArrayDeque<RecordAndPosition<T>> batch = new ArrayDeque<>();
            T record = records.read();
            while (record != null) {
                CheckpointedPosition behind = records.position();
                batch.add(
                        new RecordAndPosition<>(
                                record, behind.offset(), behind.recordsAfterOffset()));
                record = batch.size() < BATCH_RECORDS ? records.read() : null;
            }
            return batch.isEmpty() ? null : new Batch<>(batch);
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }

    /** Records that have been read. */
    private record Batch<T>(ArrayDeque<RecordAndPosition<T>> records) implements RecordIterator<T> {
        @Override
        public RecordAndPosition<T> next() {
            return records.poll();
        }

        @Override
        public void releaseBatch() {
            records.clear();
        }
    }
}
