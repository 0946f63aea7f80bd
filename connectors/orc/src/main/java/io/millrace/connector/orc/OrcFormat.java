package io.millrace.connector.orc;

import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.FileSourceSplit;
import io.millrace.connector.file.columnar.RecordScan;
import io.millrace.connector.file.columnar.ScanFormat;
import java.io.IOException;

/**
 * Reads records of the columns of ORC files, the columns that a record has and no others; made by
 * {@link OrcReaders}. A stripe is read by whoever has the split in which it begins; the bytes of
 * its columns are in memory while it is. Immutable.
 */
public final class OrcFormat<T> extends ScanFormat<T> {
    private static final long serialVersionUID = 1L;

    private final RecordShape<T> shape;

    OrcFormat(RecordShape<T> shape, TypeInformation<T> type) {
        super(type);
        this.shape = shape;
    }

    @Override
    protected RecordScan<T> scan(FileSourceSplit split, long from, long to) throws IOException {
        String where = split.path().toString();
        FileBytes file =
                new FileBytes(
                        split.path().getFileSystem().open(split.path()), split.fileSize(), where);
        return StripeScan.open(file, from, to, shape, where);
    }
}
