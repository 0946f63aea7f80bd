package io.millrace.runtime.checkpoint;

import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.io.OutputStream;

/** The file of one worker and one checkpoint while it is written. Confined to a snapshot thread. */
public interface SegmentOutput {
    /** What a new buffer holds. */
    int FIRST_BYTES = 64 << 10;

    /**
     * Appends what {@code body} writes, at least one byte.
     *
     * @throws IOException from the file system; the file is of no use any more then
     */
    SegmentRef append(Body body) throws IOException;

    /**
     * A buffer, empty, for who gathers a segment before appending it: one that has grown is used
     * again.
     *
     * @return owned by the caller until it is given back
     */
    default BinaryWriter takeBuffer() {
        return new BinaryWriter(FIRST_BYTES);
    }

    /** Gives a buffer back that is not needed any more; or it is dropped. */
    default void giveBack(BinaryWriter buffer) {}

    /**
     * A part begins that is written whole: its segments are about ascending key groups, and have
     * each key once. They may go elsewhere than into the file.
     *
     * @param part without pieces
     */
    default PartOutput begin(StatePart part) {
        return new AppendedPart(this);
    }

    /** Writes the bytes of one segment; must not keep {@code out}. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }
}
