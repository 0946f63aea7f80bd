package io.millrace.connector.file.columnar;

import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.BulkFormat;
import io.millrace.connector.file.CheckpointedPosition;
import io.millrace.connector.file.FileSourceSplit;
import java.io.IOException;

/**
 * A format of files of blocks. A block is read by whoever has the split in which it begins; a
 * position is the first byte of a block and the number of its records that are done. Immutable.
 */
public abstract class ScanFormat<T> implements BulkFormat<T, FileSourceSplit> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;

    protected ScanFormat(TypeInformation<T> type) {
        this.type = type;
    }

    /**
     * Opens the file of a split.
     *
     * @param from the first byte at which a block may begin that is read
     * @param to behind the last such byte
     */
    protected abstract RecordScan<T> scan(FileSourceSplit split, long from, long to)
            throws IOException;

    @Override
    public final Reader<T> createReader(Configuration config, FileSourceSplit split)
            throws IOException {
        return open(split, split.offset(), 0);
    }

    @Override
    public final Reader<T> restoreReader(Configuration config, FileSourceSplit split)
            throws IOException {
        CheckpointedPosition position = split.getReaderPosition().orElseThrow();
        long from =
                position.offset() == CheckpointedPosition.NO_OFFSET
                        ? split.offset()
                        : position.offset();
        return open(split, from, position.recordsAfterOffset());
    }

    private Reader<T> open(FileSourceSplit split, long from, long skip) throws IOException {
        ScanReader<T> reader = new ScanReader<>(scan(split, from, split.offset() + split.length()));
        reader.skip(skip);
        return reader;
    }

    @Override
    public final boolean isSplittable() {
        return true;
    }

    @Override
    public final TypeInformation<T> getProducedType() {
        return type;
    }
}
