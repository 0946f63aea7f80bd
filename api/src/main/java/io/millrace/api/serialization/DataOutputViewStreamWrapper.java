package io.millrace.api.serialization;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream as a view. Confined to its writer. */
public class DataOutputViewStreamWrapper extends DataOutputStream implements DataOutputView {
    private static final int COPIED_AT_ONCE = 4096;

    public DataOutputViewStreamWrapper(OutputStream out) {
        super(out);
    }

    /** Writes zeros, since a stream cannot go forward. */
    @Override
    public void skipBytesToWrite(int numBytes) throws IOException {
        byte[] zeros = new byte[Math.min(numBytes, COPIED_AT_ONCE)];
        for (int left = numBytes; left > 0; left -= zeros.length) {
            write(zeros, 0, Math.min(left, zeros.length));
        }
    }

    @Override
    public void write(DataInputView source, int numBytes) throws IOException {
        byte[] part = new byte[Math.min(numBytes, COPIED_AT_ONCE)];
        for (int left = numBytes; left > 0; left -= part.length) {
            int length = Math.min(left, part.length);
            source.readFully(part, 0, length);
            write(part, 0, length);
        }
    }
}
