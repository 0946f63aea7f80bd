package io.millrace.connector.file.columnar;

import java.io.Closeable;
import java.io.IOException;

/** The records of one split, block by block (row group, stripe). Confined to its task. */
public interface RecordScan<T> extends Closeable {
    boolean hasNext();

    /**
     * @throws IOException if the file cannot be read or is damaged, named by its place
     */
    T next() throws IOException;

    /** Where the block of the last record begins, in bytes of the file. */
    long blockOffset();

    /** Records of that block that have been given. */
    long readOfBlock();
}
