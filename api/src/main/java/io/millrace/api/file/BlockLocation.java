package io.millrace.api.file;

import java.io.IOException;

/** The hosts that have a part of a file. Immutable. Ordered by offset. */
public interface BlockLocation extends Comparable<BlockLocation> {
    String[] getHosts() throws IOException;

    /** Bytes from the start of the file. */
    long getOffset();

    /** Bytes. */
    long getLength();

    @Override
    default int compareTo(BlockLocation other) {
        return Long.compare(getOffset(), other.getOffset());
    }
}
