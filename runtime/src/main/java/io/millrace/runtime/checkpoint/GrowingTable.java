package io.millrace.runtime.checkpoint;

import java.io.IOException;

/** A table of a savepoint of which rows still come. Confined to a snapshot thread. */
public interface GrowingTable {
    /**
     * Passes rows on, which are written aside. Does not wait for that.
     *
     * @param segment behind the one before, about the same key group or later ones
     * @throws IOException if the table cannot be written
     */
    void add(PassingSegment segment) throws IOException;

    /** All rows have come. */
    void end() throws IOException;
}
