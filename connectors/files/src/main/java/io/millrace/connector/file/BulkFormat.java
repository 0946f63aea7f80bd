package io.millrace.connector.file;

import io.millrace.api.option.Configuration;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;

/** Reads a file many records at a time. The format opens the file itself. */
public interface BulkFormat<T, SplitT extends FileSourceSplit>
        extends Serializable, ResultTypeQueryable<T> {
    /** A reader from the split's offset on. */
    Reader<T> createReader(Configuration config, SplitT split) throws IOException;

    /** A reader that goes on at {@link FileSourceSplit#getReaderPosition()}. */
    Reader<T> restoreReader(Configuration config, SplitT split) throws IOException;

    /** Whether a file of this format can be read from the middle. */
    boolean isSplittable();

    @Override
    TypeInformation<T> getProducedType();

    /** Reads one split. Confined to its task. */
    interface Reader<T> extends Closeable {
        /** The next records, or null at the end of the split. */
        RecordIterator<T> readBatch() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The records of one batch. Confined to its task. */
    interface RecordIterator<T> {
        /**
         * The next record, or null; valid until the next call. A failed read is thrown as an {@link
         * java.io.UncheckedIOException}.
         */
        RecordAndPosition<T> next();

        /** The batch is not used any more; called before the next one is read. */
        void releaseBatch();
    }
}
