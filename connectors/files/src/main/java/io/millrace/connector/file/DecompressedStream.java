package io.millrace.connector.file;

import io.millrace.api.file.FSDataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The content of a compressed file, read from its beginning. Confined to its reader. */
final class DecompressedStream extends FSDataInputStream {
    private final InputStream content;
    private long position;

    DecompressedStream(InputStream content) {
        this.content = content;
    }

    @Override
    public void seek(long desired) throws IOException {
        if (desired < position) {
            throw new IOException(
                    "a compressed file cannot be read backwards, from "
                            + position
                            + " to "
                            + desired);
        }
        content.skipNBytes(desired - position);
        position = desired;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public int read() throws IOException {
        int value = content.read();
        position += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = content.read(bytes, offset, length);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
