package io.millrace.api.serialization;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A stream as a view. Confined to its reader. */
public class DataInputViewStreamWrapper extends DataInputStream implements DataInputView {
    public DataInputViewStreamWrapper(InputStream in) {
        super(in);
    }

    @Override
    public void skipBytesToRead(int numBytes) throws IOException {
        int skipped = skipBytes(numBytes);
        for (; skipped < numBytes; skipped++) {
            // A stream may skip less than it has; reading shows whether it is at its end.
            if (read() < 0) {
                throw new EOFException(
                        "Only " + skipped + " of " + numBytes + " bytes to skip were there.");
            }
        }
    }
}
