package io.millrace.connector.parquet;

import io.millrace.api.file.FSDataInputStream;
import java.io.IOException;

/**
 * The bytes of a column's chunk, of which a window is in memory. Confined to its task; the columns
 * of a file share the file's stream.
 */
final class ChunkBytes {
    /** Read at a time, unless a page is larger. */
    private static final int WINDOW_BYTES = 2 << 20;

    private final FSDataInputStream file;
    private final String where;

    /** In the file, of the byte behind the window and of the one behind the chunk. */
    private long windowEnd;

    private final long chunkEnd;
    private final PageBuffers buffers;
    private byte[] window;
    private int next;
    private int limit;

    /**
     * @param buffers of which the window is this one's, as long as it is read
     * @param where the file and column, for messages
     */
    ChunkBytes(FSDataInputStream file, long offset, long bytes, PageBuffers buffers, String where) {
        this.file = file;
        this.buffers = buffers;
        this.window = buffers.window;
        this.windowEnd = offset;
        this.chunkEnd = offset + bytes;
        this.where = where;
    }

    /** Bytes that have not been consumed. */
    long remaining() {
        return limit - next + (chunkEnd - windowEnd);
    }

    /** In the file, of the next byte. */
    long position() {
        return windowEnd - (limit - next);
    }

    byte[] window() {
        return window;
    }

    /** Of the next byte, in the window. */
    int next() {
        return next;
    }

    /** Bytes from the next one on that are in the window. */
    int available() {
        return limit - next;
    }

    /** Brings the next bytes into the window; the caller knows that there are so many. */
    void require(int count) throws IOException {
        if (limit - next >= count) {
            return;
        }
        int kept = limit - next;
        int wanted = (int) Math.min(remaining(), Math.max(count, WINDOW_BYTES));
        byte[] target = window.length >= wanted ? window : new byte[wanted];
        System.arraycopy(window, next, target, 0, kept);
        window = target;
        buffers.window = target;
        next = 0;
        limit = kept;
        file.seek(windowEnd);
        int read = file.readNBytes(window, limit, wanted - kept);
        limit += read;
        windowEnd += read;
        if (limit < count) {
            throw Malformed.file(
                    where, "it ends at byte " + windowEnd + ", though it was longer before");
        }
    }

    void consume(int count) {
        next += count;
    }
}
