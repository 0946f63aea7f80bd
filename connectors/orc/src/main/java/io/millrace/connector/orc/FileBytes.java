package io.millrace.connector.orc;

import io.millrace.api.file.FSDataInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Parts of a file. What the file system cannot read is an {@link Unread}, apart from all that a
 * decoder may say about the bytes. Confined to its task.
 */
final class FileBytes implements Closeable {
    private final FSDataInputStream file;
    private final long length;
    private final String where;

    /** The file system failed. */
    static final class Unread extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        Unread(IOException cause) {
            super(cause);
        }
    }

    FileBytes(FSDataInputStream file, long length, String where) {
        this.file = file;
        this.length = length;
        this.where = where;
    }

    long length() {
        return length;
    }

    /**
     * @throws io.millrace.api.error.MillraceException {@code INPUT_MALFORMED} if the file has not
     *     so many bytes there
     */
    ByteBuffer read(long from, long count) {
        if (from < 0 || count < 0 || from + count > length || count > Integer.MAX_VALUE - 8) {
            throw Malformed.file(
                    where, "something of " + count + " bytes at byte " + from + " of " + length);
        }
        try {
            byte[] bytes = new byte[(int) count];
            file.seek(from);
            int read = file.readNBytes(bytes, 0, bytes.length);
            if (read < bytes.length) {
                throw Malformed.file(
                        where,
                        "it ends at byte " + (from + read) + ", and was listed with " + length);
            }
            return ByteBuffer.wrap(bytes);
        } catch (IOException e) {
            throw new Unread(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
