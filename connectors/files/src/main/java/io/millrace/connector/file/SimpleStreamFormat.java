package io.millrace.connector.file;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.option.Configuration;
import java.io.IOException;

/** A format of files that are read from their beginning only. */
public abstract class SimpleStreamFormat<T> implements StreamFormat<T> {
    private static final long serialVersionUID = 1L;

    /** A reader of a whole file. */
    public abstract Reader<T> createReader(Configuration config, FSDataInputStream stream)
            throws IOException;

    @Override
    public final boolean isSplittable() {
        return false;
    }

    @Override
    public final Reader<T> createReader(
            Configuration config, FSDataInputStream stream, long fileLen, long splitEnd)
            throws IOException {
        return createReader(config, stream);
    }

    @Override
    public final Reader<T> restoreReader(
            Configuration config,
            FSDataInputStream stream,
            long restoredOffset,
            long fileLen,
            long splitEnd)
            throws IOException {
        throw new IOException(
                getClass().getName() + " cannot start at byte " + restoredOffset + " of a file");
    }
}
