package io.millrace.runtime.checkpoint;

import java.io.IOException;
import java.io.InputStream;

/** Hands out bytes of a buffer that a subclass fills when it is empty. Confined to its reader. */
abstract class FilledStream extends InputStream {
    byte[] buffer;
    int position;
    int limit;

    FilledStream(byte[] buffer) {
        this.buffer = buffer;
    }

    /**
     * Puts the next bytes into the buffer, and sets position and limit.
     *
     * @return false if there are none
     */
    abstract boolean fill() throws IOException;

    @Override
    public final int read() throws IOException {
        if (position == limit && !fill()) {
            return -1;
        }
        return buffer[position++] & 0xFF;
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && !fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public final int available() {
        return limit - position;
    }
}
