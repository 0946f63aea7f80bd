package io.millrace.connector.file;

import io.millrace.api.source.SourceOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records of a bulk format. Confined to its task. */
final class BulkRecords<T> implements SplitRecords<T> {
    private final BulkFormat.Reader<T> reader;

    /** Null between batches. */
    private BulkFormat.RecordIterator<T> batch;

    private long offset;
    private long recordSkipCount;

    BulkRecords(BulkFormat.Reader<T> reader, FileSourceSplit split) {
        this.reader = reader;
        CheckpointedPosition begin =
                split.getReaderPosition()
                        .orElse(new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, 0));
        this.offset = begin.offset();
        this.recordSkipCount = begin.recordsAfterOffset();
    }

    @Override
    public boolean emit(SourceOutput<T> output, int max) throws IOException {
        for (int left = max; left > 0; ) {
            if (batch == null) {
                batch = reader.readBatch();
                if (batch == null) {
                    return false;
                }
            }
            RecordAndPosition<T> next = nextOfBatch();
            if (next == null) {
                release();
                continue;
            }
            offset = next.getOffset();
            recordSkipCount = next.getRecordSkipCount();
            output.collect(next.getRecord());
            left--;
        }
        return true;
    }

    /* The interface has no checked exceptions here; formats wrap them. */
    private RecordAndPosition<T> nextOfBatch() throws IOException {
        try {
            return batch.next();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void release() {
        BulkFormat.RecordIterator<T> used = batch;
        batch = null;
        used.releaseBatch();
    }

    @Override
    public CheckpointedPosition position() {
        return new CheckpointedPosition(offset, recordSkipCount);
    }

    @Override
    public void close() throws IOException {
        if (batch != null) {
            release();
        }
        reader.close();
    }
}
