package io.millrace.api.file;

import java.io.IOException;
import java.io.OutputStream;

/** A file being written. Confined to its writer. */
public abstract class FSDataOutputStream extends OutputStream {
    /** Bytes from the start. */
    public abstract long getPos() throws IOException;

    /** Hands what is buffered to the file system; it may still be lost with the machine. */
    @Override
    public abstract void flush() throws IOException;

    /** Returns when what was written survives the loss of this process and machine. */
    public abstract void sync() throws IOException;

    @Override
    public abstract void close() throws IOException;
}
