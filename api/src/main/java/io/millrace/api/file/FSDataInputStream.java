package io.millrace.api.file;

import java.io.IOException;
import java.io.InputStream;

/** A file being read. Confined to its reader. */
public abstract class FSDataInputStream extends InputStream {
    /** Goes to a position, in bytes from the start. */
    public abstract void seek(long desired) throws IOException;

    /** Bytes from the start. */
    public abstract long getPos() throws IOException;
}
