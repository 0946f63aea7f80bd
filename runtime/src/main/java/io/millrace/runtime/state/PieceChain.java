package io.millrace.runtime.state;

import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.StatePart;
import java.util.ArrayList;
import java.util.List;

/**
 * What a checkpoint has of one state: all of it, and what changed since, time by time. Later ones
 * refer to it and add what has changed since. Immutable.
 *
 * @param bytes of the first time
 * @param changes how many times changes were added
 * @param changedBytes of those
 */
public record PieceChain(List<Piece> pieces, long bytes, int changes, long changedBytes) {
    private static final int MOST_CHANGES = 32;

    public PieceChain {
        pieces = List.copyOf(pieces);
    }

    /** All of a state. */
    public static PieceChain whole(List<Piece> pieces, long bytes) {
        return new PieceChain(pieces, bytes, 0, 0);
    }

    /**
     * What was restored. A checkpoint writes into files of its own, so the pieces of one file are
     * of one time.
     *
     * @param parts of one state, with what is of the key groups that go on
     */
    public static PieceChain restored(List<StatePart> parts) {
        List<Piece> pieces = new ArrayList<>();
        long bytes = 0;
        long changedBytes = 0;
        int changes = 0;
        for (StatePart part : parts) {
            String file = null;
            int times = 0;
            for (Piece piece : part.pieces()) {
                pieces.add(piece);
                if (piece instanceof Piece.Stored stored) {
                    times += stored.segment().file().equals(file) ? 0 : 1;
                    file = stored.segment().file();
                    bytes += times == 1 ? stored.segment().length() : 0;
                    changedBytes += times == 1 ? 0 : stored.segment().length();
                }
            }
            changes = Math.max(changes, times - 1);
        }
        return new PieceChain(pieces, bytes, changes, changedBytes);
    }

    /** Whether it is time to write all of it again: reading changes should not cost much more. */
    public boolean isWorn() {
        return changes >= MOST_CHANGES || changedBytes > bytes / 2;
    }

    /** With what has changed since, perhaps nothing. */
    public PieceChain and(List<Piece> more, long moreBytes) {
        List<Piece> all = new ArrayList<>(pieces);
        all.addAll(more);
        return new PieceChain(
                all, bytes, changes + (more.isEmpty() ? 0 : 1), changedBytes + moreBytes);
    }
}
