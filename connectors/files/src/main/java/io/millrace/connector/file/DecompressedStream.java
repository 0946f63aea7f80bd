package io.millrace.connector.file;

import io.millrace.api.file.FSDataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.tukaani.xz.XZIOException;

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
        try {
            int value = content.read();
            position += value < 0 ? 0 : 1;
            return value;
        } catch (EOFException e) {
            throw endsEarly(e);
        } catch (XZIOException e) {
            throw Compression.malformed(e);
        }
    }

    private ZipException endsEarly(EOFException cause) {
        ZipException malformed =
                new ZipException("it ends in the middle, after " + position + " bytes of content");
        malformed.initCause(cause);
        return malformed;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = content.read(bytes, offset, length);
            position += Math.max(0, count);
            return count;
        } catch (EOFException e) {
            throw endsEarly(e);
        } catch (XZIOException e) {
            throw Compression.malformed(e);
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
