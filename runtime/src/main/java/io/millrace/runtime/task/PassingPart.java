package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.AppendedPart;
import io.millrace.runtime.checkpoint.GrowingTable;
import io.millrace.runtime.checkpoint.PartOutput;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.util.List;

/**
 * A keyed part on its way into tables. It begins in the file that all parts share; when it is seen
 * to be large it becomes a table of its own, to which the rest passes as it comes. Confined to a
 * snapshot thread.
 */
final class PassingPart implements PartOutput {
    private final PassingParts parts;
    private final SegmentFile file;
    private final Beginning beginning;
    private final AppendedPart appended;
    private long bytes;
    private GrowingTable table; // null as long as the part is not large

    /** Begins the table of the part. */
    @FunctionalInterface
    interface Beginning {
        GrowingTable begin() throws IOException;
    }

    /**
     * @param file that all parts share
     */
    PassingPart(PassingParts parts, SegmentFile file, Beginning beginning) {
        this.parts = parts;
        this.file = file;
        this.beginning = beginning;
        this.appended = new AppendedPart(file);
    }

    @Override
    public BinaryWriter add(BinaryWriter full, int firstKeyGroup, int lastKeyGroup)
            throws IOException {
        if (table == null && bytes >= parts.ownFileBytes()) {
            beginTable();
        }
        bytes += full.size();
        if (table == null) {
            return appended.add(full, firstKeyGroup, lastKeyGroup);
        }
        table.add(parts.waiting(full, firstKeyGroup, lastKeyGroup));
        full.clear();
        return full;
    }

    private void beginTable() throws IOException {
        List<Piece> pieces = appended.pieces();
        if (!pieces.isEmpty()) {
            file.flush();
        }
        table = beginning.begin();
        for (Piece piece : pieces) {
            table.add(parts.appended((Piece.Stored) piece));
        }
    }

    @Override
    public List<Piece> finish(BinaryWriter spare) throws IOException {
        List<Piece> pieces = appended.finish(spare);
        if (table == null) {
            return pieces;
        }
        table.end();
        return List.of();
    }
}
