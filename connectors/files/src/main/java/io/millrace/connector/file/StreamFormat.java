package io.millrace.connector.file;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;

/** Reads records from the bytes of a file. Immutable; its readers are confined to their task. */
public interface StreamFormat<T> extends Serializable, ResultTypeQueryable<T> {
    /**
     * A reader of a split.
     *
     * @param stream stands at the split's first byte; the reader closes it
     * @param fileLen bytes of the whole file
     * @param splitEnd the byte behind the split; a record that begins before it is the reader's
     */
    Reader<T> createReader(
            Configuration config, FSDataInputStream stream, long fileLen, long splitEnd)
            throws IOException;

    /**
     * A reader that goes on where an earlier one stood.
     *
     * @param restoredOffset the offset of its {@link Reader#getCheckpointedPosition}
     */
    Reader<T> restoreReader(
            Configuration config,
            FSDataInputStream stream,
            long restoredOffset,
            long fileLen,
            long splitEnd)
            throws IOException;

    /** Whether a file of this format can be read from the middle. */
    boolean isSplittable();

    @Override
    TypeInformation<T> getProducedType();

    /** Reads one split. Confined to its task. */
    interface Reader<T> extends Closeable {
        /** The next record, or null at the end of the split. */
        T read() throws IOException;

        @Override
        void close() throws IOException;

        /** Where this reader stands, or null if it must start from the split's first byte. */
        default CheckpointedPosition getCheckpointedPosition() {
            return null;
        }
    }
}
