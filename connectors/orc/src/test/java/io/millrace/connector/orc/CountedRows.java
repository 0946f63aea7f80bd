package io.millrace.connector.orc;

import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import io.millrace.connector.file.BulkFormat;
import io.millrace.connector.file.FileSourceSplit;
import java.io.IOException;

/** Reads all columns of a file; loaded anew by the test that hides Hadoop's classes. */
public final class CountedRows {
    private CountedRows() {}

    public static long of(String file, long size) throws IOException {
        long rows = 0;
        try (BulkFormat.Reader<OrcReadersTest.Full> reader =
                OrcReaders.forClass(OrcReadersTest.Full.class)
                        .createReader(
                                new Configuration(),
                                new FileSourceSplit(
                                        "1",
                                        new Path(new java.io.File(file).toURI()),
                                        0,
                                        size,
                                        0,
                                        size))) {
            BulkFormat.RecordIterator<OrcReadersTest.Full> batch = reader.readBatch();
            while (batch != null) {
                while (batch.next() != null) {
                    rows++;
                }
                batch.releaseBatch();
                batch = reader.readBatch();
            }
        }
        return rows;
    }
}
