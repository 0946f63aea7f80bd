package io.millrace.connector.parquet;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.MalformedFileException;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.file.CheckpointedPosition;
import io.millrace.connector.file.StreamFormat;
import java.io.IOException;

/** Records of Avro out of the row groups that begin in a split. Immutable. */
final class AvroParquetRecordFormat<T> implements StreamFormat<T> {
    private static final long serialVersionUID = 1L;

    /** Stands in messages for the path, which is not known here. */
    private static final String FILE = "the file";

    private final AvroShape<T> shape;
    private final TypeInformation<T> type;

    AvroParquetRecordFormat(AvroShape<T> shape, TypeInformation<T> type) {
        this.shape = shape;
        this.type = type;
    }

    @Override
    public Reader<T> createReader(
            Configuration config, FSDataInputStream stream, long fileLen, long splitEnd)
            throws IOException {
        return restoreReader(config, stream, stream.getPos(), fileLen, splitEnd);
    }

    @Override
    public Reader<T> restoreReader(
            Configuration config,
            FSDataInputStream stream,
            long restoredOffset,
            long fileLen,
            long splitEnd)
            throws IOException {
        try {
            return new GroupReader<>(
                    RowGroupScan.open(
                            stream, fileLen, restoredOffset, splitEnd, shape, null, FILE));
        } catch (MillraceException e) {
            throw withoutPath(e);
        }
    }

    /** An error of a file whose path only the caller knows. */
    private static MalformedFileException withoutPath(MillraceException e) {
        if (e.code() != ErrorCode.INPUT_MALFORMED && e.code() != ErrorCode.SCHEMA_INCOMPATIBLE) {
            throw e;
        }
        return new MalformedFileException(e.getMessage(), e);
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
    private record GroupReader<T>(RowGroupScan<T> scan) implements Reader<T> {
        @Override
        public T read() throws IOException {
            try {
                return scan.hasNext() ? scan.next() : null;
            } catch (MillraceException e) {
                throw withoutPath(e);
            }
        }

        @Override
        public CheckpointedPosition getCheckpointedPosition() {
            return new CheckpointedPosition(scan.blockOffset(), scan.readOfBlock());
        }

        @Override
        public void close() throws IOException {
            scan.close();
        }
    }
}
