package io.millrace.runtime.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Collects bytes until there are too many. Not thread-safe. */
final class LimitedBytes extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int maxBytes;
    private boolean exceeded;

    LimitedBytes(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void write(int b) throws IOException {
        reserve(1);
        bytes.write(b);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        reserve(length);
        bytes.write(buffer, offset, length);
    }

    private void reserve(int length) throws IOException {
        if (exceeded || bytes.size() + (long) length > maxBytes) {
            exceeded = true;
            throw new IOException("more than " + maxBytes + " bytes");
        }
    }

    boolean isExceeded() {
        return exceeded;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
