package io.millrace.runtime.checkpoint;

import java.io.IOException;

/** A segment on its way from a task to a table, in a local file. Read once, by any thread. */
public interface PassingSegment {
    /** Of those that it is about. */
    int firstKeyGroup();

    /** Inclusive. */
    int lastKeyGroup();

    /** In bytes. */
    long length();

    /**
     * Shows its bytes, and lets go of them, also after an exception.
     *
     * @throws IOException if they cannot be read; a {@code MillraceException} with {@code
     *     CHECKPOINT_FILE_CORRUPT} if they are not what was written; what the reader throws
     */
    void read(Reader reader) throws IOException;

    /** Takes the first bytes of an array, which is only read until it returns. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] array, int length) throws IOException;
    }
}
