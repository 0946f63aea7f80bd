package io.millrace.runtime.checkpoint;

import java.io.IOException;
import java.io.OutputStream;

/** The file of one worker and one checkpoint while it is written. Confined to a snapshot thread. */
public interface SegmentOutput {
    /**
     * Appends what {@code body} writes, at least one byte.
     *
     * @throws IOException from the file system; the file is of no use any more then
     */
    SegmentRef append(Body body) throws IOException;

    /** Writes the bytes of one segment; must not keep {@code out}. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }
}
