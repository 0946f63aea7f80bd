package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;

/** A file that is only bytes. */
final class MemoryFile extends FSDataInputStream {
    private final byte[] bytes;
    private int at;

    MemoryFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What a writer writes. */
    static final class Written extends FSDataOutputStream {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        byte[] bytes() {
            return out.toByteArray();
        }

        OutputFile forParquet() {
            return new StreamOutputFile(this);
        }

        @Override
        public long getPos() {
            return out.size();
        }

        @Override
        public void write(int b) {
            out.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            out.write(from, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void sync() {}

        @Override
        public void close() {
            throw new IllegalStateException("closed by who did not open it");
        }
    }

    @Override
    public void seek(long desired) throws IOException {
        if (desired < 0 || desired > bytes.length) {
            throw new EOFException("cannot go to byte " + desired);
        }
        at = (int) desired;
    }

    @Override
    public long getPos() {
        return at;
    }

    @Override
    public int read() {
        return at < bytes.length ? bytes[at++] & 0xFF : -1;
    }

    /** A few bytes at a time, as files on other machines give them. */
    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (at == bytes.length) {
            return -1;
        }
        int n = Math.min(Math.min(length, 1 + length / 2), bytes.length - at);
        System.arraycopy(bytes, at, target, offset, n);
        at += n;
        return n;
    }
}
