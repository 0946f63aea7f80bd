package io.millrace.savepoint;

import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.state.UnitHead;
import java.io.IOException;
import java.io.InputStream;

/**
 * The units of one piece of a keyed part, one key group after the other. The piece is in memory
 * from its first key group that is asked for to its last. Confined.
 */
final class PieceUnits {
    private final SegmentSource segments;
    private final PieceBuffers buffers;
    private final Piece piece;
    private final int firstKeyGroup;
    private final int lastKeyGroup;
    private PieceBuffers.Read bytes; // null before and after
    private BinaryReader in; // the same
    private int nextKeyGroup =
            -1; // of the unit whose numbers come next; -1 if it was not looked at

    /**
     * @param buffers shared with the other pieces of its reader
     */
    PieceUnits(StatePart part, Piece piece, SegmentSource segments, PieceBuffers buffers) {
        this.segments = segments;
        this.buffers = buffers;
        this.piece = piece;
        boolean stored = piece instanceof Piece.Stored;
        int first = stored ? ((Piece.Stored) piece).firstKeyGroup() : 0;
        int last = stored ? ((Piece.Stored) piece).lastKeyGroup() : Integer.MAX_VALUE;
        // A piece may be about more than the part that it is in.
        this.firstKeyGroup = Math.max(first, part.firstKeyGroup());
        this.lastKeyGroup = Math.min(last, part.lastKeyGroup());
    }

    /** The file that it lies in; empty if it is in none. */
    String file() {
        return piece instanceof Piece.Stored stored ? stored.segment().file() : "";
    }

    boolean isAbout(int keyGroup) {
        return keyGroup >= firstKeyGroup && keyGroup <= lastKeyGroup;
    }

    /**
     * Shows the units of a key group; asked for ascending ones.
     *
     * @throws CorruptDataException if the units are not as they should be
     */
    void read(int keyGroup, UnitHead.Target<IOException> target) throws IOException {
        if (in == null) {
            bytes = bytes();
            in = new BinaryReader(bytes.array(), 0, bytes.length());
        }
        while (look() && nextKeyGroup <= keyGroup) {
            UnitHead head = UnitHead.read(nextKeyGroup, in);
            nextKeyGroup = -1;
            if (head.keyGroup() < keyGroup) {
                in.skip(head.length());
            } else {
                head.show(in, target);
            }
        }
        if (keyGroup >= lastKeyGroup) {
            in = null;
            if (piece instanceof Piece.Stored) {
                buffers.giveBack(bytes);
            }
            bytes = null;
        }
    }

    private boolean look() {
        if (nextKeyGroup < 0 && in.remaining() > 0) {
            nextKeyGroup = in.readVarInt();
        }
        return nextKeyGroup >= 0;
    }

    private PieceBuffers.Read bytes() throws IOException {
        if (piece instanceof Piece.Inline inline) {
            return new PieceBuffers.Read(inline.bytes(), inline.bytes().length);
        }
        SegmentRef segment = ((Piece.Stored) piece).segment();
        try (InputStream stream = segments.open(segment)) {
            return buffers.readAll(stream, segment.length());
        }
    }
}
