package io.millrace.connector.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/** Cuts bytes into lines. Confined to its task. */
/* One buffer, scanned byte by byte: eight bytes a step was measured and is no faster at 60 bytes a
 * line (0.7 to 0.9 GB a CPU-second either way). A line that fits in it becomes a String straight from
 * the buffer. The buffer moves only when a line crosses its end, and grows only for a line that is
 * longer than it. */
final class LineReader implements StreamFormat.Reader<String> {
    private static final int INITIAL_BUFFER_BYTES = 256 << 10;

    private final InputStream stream;
    private final long splitEnd;
    private final Charset charset;
    private byte[] buffer = new byte[INITIAL_BUFFER_BYTES];

    /** The bytes in the buffer that have not been given yet: from {@code next} to {@code limit}. */
    private int next;

    private int limit;

    /** Where in the file {@code buffer[0]} comes from. */
    private long bufferOffset;

    private boolean ended;

    /**
     * @param offset where in the file the stream stands; a line begins here
     * @param splitEnd lines that begin here or later are not ours
     */
    LineReader(InputStream stream, long offset, long splitEnd, Charset charset) {
        this.stream = stream;
        this.bufferOffset = offset;
        this.splitEnd = splitEnd;
        this.charset = charset;
    }

    @Override
    public String read() throws IOException {
        if (bufferOffset + next >= splitEnd) {
            return null;
        }
        int end = findLineEnd();
        if (end < 0) {
            return null;
        }
        String line = new String(buffer, next, end - next, charset);
        skipLineEnd(end);
        return line;
    }

    /** Takes a line as it lies in the buffer. */
    interface LineTaker {
        /**
         * @param bytes not to be kept, nor written to
         * @param offset where in the file the line begins
         */
        void take(byte[] bytes, int from, int length, long offset) throws IOException;
    }

    /** Gives the next line without making a text of it; false if there is none. */
    boolean give(LineTaker to) throws IOException {
        if (bufferOffset + next >= splitEnd) {
            return false;
        }
        int end = findLineEnd();
        if (end < 0) {
            return false;
        }
        to.take(buffer, next, end - next, bufferOffset + next);
        skipLineEnd(end);
        return true;
    }

    /** Goes behind the end of the line that the stream stands in. */
    void skipLine() throws IOException {
        int end = findLineEnd();
        if (end >= 0) {
            skipLineEnd(end);
        }
    }

    /**
     * The index in the buffer behind the current line's last character, with the line whole in the
     * buffer; or -1 if there is no further line.
     */
    private int findLineEnd() throws IOException {
        int scan = next;
        while (true) {
            scan = lineEnd(scan);
            if (scan < limit) {
                return scan;
            }
            int scanned = scan - next;
            if (!fill()) {
                return scanned == 0 ? -1 : limit;
            }
            scan = next + scanned;
        }
    }

    /** The index of the first line end in the buffer from an index on, or the limit. */
    private int lineEnd(int from) {
        byte[] bytes = buffer;
        int to = limit;
        int at = from;
        while (at < to) {
            byte b = bytes[at];
            if (b <= '\r' && (b == '\n' || b == '\r')) {
                return at;
            }
            at++;
        }
        return at;
    }

    private void skipLineEnd(int end) throws IOException {
        next = end;
        if (next == limit) {
            return;
        }
        boolean carriageReturn = buffer[next++] == '\r';
        // Filling may move what is left to the front, so only the field says where we are.
        if (carriageReturn && (next < limit || fill()) && buffer[next] == '\n') {
            next++;
        }
    }

    /**
     * Reads more behind {@code limit}, moving what is left to the front; false at the file's end.
     */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, limit - next);
            bufferOffset += next;
            limit -= next;
            next = 0;
        } else if (limit == buffer.length) {
            if (buffer.length > Integer.MAX_VALUE / 2) {
                throw new IOException(
                        "a line is longer than 1 GiB, from byte "
                                + bufferOffset
                                + " on; is this a text file?");
            }
            buffer = java.util.Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = stream.read(buffer, limit, buffer.length - limit);
        if (read <= 0) {
            ended = true;
            requireWholeSplit();
            return false;
        }
        limit += read;
        return true;
    }

    private void requireWholeSplit() throws EOFException {
        long end = bufferOffset + limit;
        if (splitEnd != Long.MAX_VALUE && end < splitEnd) {
            throw new EOFException(
                    "the file ends at byte "
                            + end
                            + ", but had at least "
                            + splitEnd
                            + " bytes when the job began; somebody wrote to it");
        }
    }

    @Override
    public CheckpointedPosition getCheckpointedPosition() {
        return new CheckpointedPosition(bufferOffset + next, 0);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
