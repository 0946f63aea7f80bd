package io.millrace.api.input;

import io.millrace.api.file.FSDataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream without positions as a file: it can be read forwards. Confined to its reader. */
public class InputStreamFSInputWrapper extends FSDataInputStream {
    private final InputStream inStream;
    private long pos;

    public InputStreamFSInputWrapper(InputStream inStream) {
        this.inStream = inStream;
    }

    @Override
    public void close() throws IOException {
        inStream.close();
    }

    /**
     * @throws IllegalArgumentException backwards
     */
    @Override
    public void seek(long desired) throws IOException {
        if (desired < pos) {
            throw new IllegalArgumentException(
                    "This stream is read forwards only, not from "
                            + pos
                            + " back to "
                            + desired
                            + ".");
        }
        inStream.skipNBytes(desired - pos);
        pos = desired;
    }

    @Override
    public long getPos() throws IOException {
        return pos;
    }

    @Override
    public int read() throws IOException {
        int read = inStream.read();
        pos += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        int count = inStream.read(b, off, len);
        pos += Math.max(0, count);
        return count;
    }

    @Override
    public int read(byte[] b) throws IOException {
        return read(b, 0, b.length);
    }
}
