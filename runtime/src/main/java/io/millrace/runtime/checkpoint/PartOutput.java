package io.millrace.runtime.checkpoint;

import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.util.List;

/** Where the segments of one part go, in order. Confined to a snapshot thread. */
public interface PartOutput {
    /**
     * Takes a segment over.
     *
     * @param full the segment's bytes, at least one; not the caller's any more
     * @param firstKeyGroup of those that it is about, never lower than the last one of the segment
     *     before
     * @return an empty buffer for the next one
     * @throws IOException if it cannot be kept; the part is of no use any more then
     */
    BinaryWriter add(BinaryWriter full, int firstKeyGroup, int lastKeyGroup) throws IOException;

    /**
     * The part is whole.
     *
     * @param spare the buffer that was left
     * @return where the segments are; none if somebody else has all of them
     */
    List<Piece> finish(BinaryWriter spare) throws IOException;
}
