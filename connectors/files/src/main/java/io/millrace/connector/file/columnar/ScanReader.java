package io.millrace.connector.file.columnar;

import io.millrace.connector.file.BulkFormat.Reader;
import io.millrace.connector.file.BulkFormat.RecordIterator;
import io.millrace.connector.file.MutableRecordAndPosition;
import io.millrace.connector.file.RecordAndPosition;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Gives the records of a scan. Confined to its task. */
final class ScanReader<T> implements Reader<T>, RecordIterator<T> {
    private static final int BATCH_RECORDS = 1024;

    private final RecordScan<T> scan;
    private final MutableRecordAndPosition<T> position = new MutableRecordAndPosition<>();
    private int left;

    ScanReader(RecordScan<T> scan) {
        this.scan = scan;
    }

    /** Passes over records that are done; closes the scan if it cannot. */
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
            position.set(record, scan.blockOffset(), scan.readOfBlock());
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
