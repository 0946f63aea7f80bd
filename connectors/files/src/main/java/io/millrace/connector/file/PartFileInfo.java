package io.millrace.connector.file;

import java.io.IOException;

/** What a rolling policy knows of a file that is being written. */
public interface PartFileInfo<BucketID> {
    BucketID getBucketId();

    /** Milliseconds since the epoch. */
    long getCreationTime();

    /** Bytes written so far. */
    long getSize() throws IOException;

    /** Milliseconds since the epoch of the last write. */
    long getLastUpdateTime();
}
