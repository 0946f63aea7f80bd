package io.millrace.runtime.state;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.ReaderStructures;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the units that {@link TableSegments} wrote, as far as they are of some key groups.
 * Immutable.
 *
 * @param where whose they are, for messages
 * @param firstKeyGroup of those that are wanted
 * @param lastKeyGroup inclusive
 */
public record UnitReader(
        String where, int firstKeyGroup, int lastKeyGroup, SegmentSource segments) {

    /** Takes units. */
    @FunctionalInterface
    public interface Target {
        /** Reads so many removed rows and rows, to the last byte. */
        void unit(int keyGroup, int removed, int rows, BinaryReader in);
    }

    /**
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} naming the file
     * @throws IOException from the file system
     */
    public void read(StatePart part, Target target) throws IOException {
        int first = Math.max(part.firstKeyGroup(), firstKeyGroup);
        int last = Math.min(part.lastKeyGroup(), lastKeyGroup);
        for (Piece piece : part.pieces()) {
            if (piece instanceof Piece.Stored stored) {
                int from = Math.max(first, stored.firstKeyGroup());
                int to = Math.min(last, stored.lastKeyGroup());
                if (from <= to) {
                    SegmentRef segment = stored.segment();
                    String file =
                            segment.file()
                                    + " at "
                                    + segment.offset()
                                    + ", "
                                    + segment.length()
                                    + " bytes";
                    read(allOf(segment), file, from, to, target);
                }
            } else if (first <= last) {
                read(((Piece.Inline) piece).bytes(), "the manifest", first, last, target);
            }
        }
    }

    private byte[] allOf(SegmentRef segment) throws IOException {
        if (segment.length() > Integer.MAX_VALUE - 8) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    where
                            + ": a segment of "
                            + segment.file()
                            + " has "
                            + segment.length()
                            + " bytes, more than any that is written");
        }
        try (InputStream in = segments.open(segment)) {
            return in.readAllBytes();
        }
    }

    private void read(byte[] bytes, String file, int first, int last, Target target) {
        try {
            BinaryReader in = new BinaryReader(bytes);
            while (in.remaining() > 0) {
                readUnit(in, first, last, target);
            }
        } catch (CorruptDataException e) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    where + " cannot be read from " + file + ": " + e.getMessage(),
                    e);
        }
    }

    private static void readUnit(BinaryReader in, int first, int last, Target target) {
        UnitHead head = UnitHead.read(in.readVarInt(), in);
        if (head.keyGroup() < first || head.keyGroup() > last) {
            in.skip(head.length());
            return;
        }
        in.attach(new ReaderStructures());
        head.show(in, (removed, rows, unit) -> target.unit(head.keyGroup(), removed, rows, unit));
    }
}
