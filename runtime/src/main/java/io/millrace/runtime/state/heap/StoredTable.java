package io.millrace.runtime.state.heap;

import io.millrace.runtime.checkpoint.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * What a checkpoint has of one table: all of it, and what changed since, time by time. Immutable.
 *
 * @param bytes of the first time
 * @param changes how many times changes were added
 * @param changedBytes of those
 */
record StoredTable(List<Piece> pieces, long bytes, int changes, long changedBytes) {
    private static final int MOST_CHANGES = 32;

    StoredTable {
        pieces = List.copyOf(pieces);
    }

    /** Whether it is time to write all of it again: reading changes should not cost much more. */
    boolean isWorn() {
        return changes >= MOST_CHANGES || changedBytes > bytes / 2;
    }

    StoredTable and(List<Piece> more, long moreBytes) {
        List<Piece> all = new ArrayList<>(pieces);
        all.addAll(more);
        return new StoredTable(
                all, bytes, changes + (more.isEmpty() ? 0 : 1), changedBytes + moreBytes);
    }
}
