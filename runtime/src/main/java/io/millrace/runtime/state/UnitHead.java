package io.millrace.runtime.state;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;

/**
 * What stands before the rows of a unit that {@link TableSegments} wrote, behind its key group.
 * Immutable.
 */
public record UnitHead(int keyGroup, int removed, int rows, int length) {
    /** Takes a unit. */
    @FunctionalInterface
    public interface Target<E extends Exception> {
        /** Reads so many removed rows and rows, to the last byte. */
        void unit(int removed, int rows, BinaryReader in) throws E;
    }

    /**
     * @param keyGroup that was read
     * @throws CorruptDataException if there cannot be such a unit
     */
    public static UnitHead read(int keyGroup, BinaryReader in) {
        UnitHead head = new UnitHead(keyGroup, in.readInt(), in.readInt(), in.readInt());
        if (head.removed < 0 || head.rows < 0 || head.length < 0 || head.length > in.remaining()) {
            throw new CorruptDataException(
                    "a unit of key group "
                            + keyGroup
                            + " with "
                            + head.removed
                            + " removed rows, "
                            + head.rows
                            + " rows and "
                            + head.length
                            + " bytes, of which "
                            + in.remaining()
                            + " are there");
        }
        return head;
    }

    /**
     * Shows the unit, whose rows come next.
     *
     * @throws CorruptDataException if rows are not as they should be
     */
    public <E extends Exception> void show(BinaryReader in, Target<E> target) throws E {
        int end = in.position() + length;
        target.unit(removed, rows, in);
        if (in.position() != end) {
            throw new CorruptDataException(
                    "a unit of key group "
                            + keyGroup
                            + " ends at "
                            + end
                            + ", its last row at "
                            + in.position());
        }
    }
}
