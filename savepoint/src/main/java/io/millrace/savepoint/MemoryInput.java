package io.millrace.savepoint;

import io.millrace.api.file.FSDataInputStream;
import java.io.EOFException;
import java.io.IOException;

/** Some bytes of a file, at their place in it. Confined. */
final class MemoryInput extends FSDataInputStream {
    private final byte[] bytes;
    private final long begin;
    private int next;

    /**
     * @param begin in the file, of the first byte
     */
    MemoryInput(byte[] bytes, long begin) {
        this.bytes = bytes;
        this.begin = begin;
    }

    @Override
    public void seek(long desired) throws IOException {
        if (desired < begin || desired > begin + bytes.length) {
            throw new EOFException(
                    "byte "
                            + desired
                            + ", but only those from "
                            + begin
                            + " to "
                            + (begin + bytes.length)
                            + " are there");
        }
        next = (int) (desired - begin);
    }

    @Override
    public long getPos() {
        return begin + next;
    }

    @Override
    public int read() {
        return next == bytes.length ? -1 : bytes[next++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (next == bytes.length) {
            return -1;
        }
        int count = Math.min(length, bytes.length - next);
        System.arraycopy(bytes, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public int available() {
        return bytes.length - next;
    }
}
