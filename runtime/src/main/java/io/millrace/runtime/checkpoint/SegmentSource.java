package io.millrace.runtime.checkpoint;

import java.io.IOException;
import java.io.InputStream;

/** Reads the files of checkpoints. Thread-safe. */
public interface SegmentSource {
    /**
     * The bytes of a segment. The end of the stream is reached only if length and checksum are
     * right, so who reads to the end has read what was written; until then it believes nothing.
     *
     * @throws IOException from the file system; when reading, a {@code MillraceException} with
     *     {@code CHECKPOINT_FILE_CORRUPT} that names the file and the numbers
     */
    InputStream open(SegmentRef segment) throws IOException;
}
