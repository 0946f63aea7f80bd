package io.millrace.api.serialization;

import java.io.DataInput;
import java.io.IOException;

/** Bytes to read values from. Confined to its reader. */
public interface DataInputView extends DataInput {
    /**
     * Goes forward by exactly so many bytes.
     *
     * @throws java.io.EOFException if fewer are left
     */
    void skipBytesToRead(int numBytes) throws IOException;

    /**
     * Reads up to {@code len} bytes.
     *
     * @return how many were read; -1 if none is left
     */
    int read(byte[] b, int off, int len) throws IOException;

    /** Same with the whole array. */
    int read(byte[] b) throws IOException;
}
