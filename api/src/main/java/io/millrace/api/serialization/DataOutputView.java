package io.millrace.api.serialization;

import java.io.DataOutput;
import java.io.IOException;

/** Bytes to write values to. Confined to its writer. */
public interface DataOutputView extends DataOutput {
    /** Goes forward by so many bytes, whose content is not defined. */
    void skipBytesToWrite(int numBytes) throws IOException;

    /**
     * Takes exactly so many bytes from a view.
     *
     * @throws java.io.EOFException if it has fewer
     */
    void write(DataInputView source, int numBytes) throws IOException;
}
