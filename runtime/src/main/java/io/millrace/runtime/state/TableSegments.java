package io.millrace.runtime.state;

import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.WriterStructures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects units, as in {@link TableForm}, into segments of a few mebibytes. Confined to a snapshot
 * thread.
 */
public final class TableSegments {
    /** So much is enough to be read in one go; a segment has one unit more than that at most. */
    private static final int ENOUGH_BYTES = 4 << 20;

    private final SegmentOutput out;
    private final List<Piece> pieces = new ArrayList<>();
    private BinaryWriter segment; // null when it is finished
    private int firstKeyGroup;
    private int keyGroup = -1;
    private int unitStart;
    private long bytes;

    public TableSegments(SegmentOutput out) {
        this.out = out;
        this.segment = out.takeBuffer();
    }

    /**
     * Begins a unit; key groups never descend.
     *
     * @return where removed rows and rows go, in this order, until {@link #endUnit}
     */
    public BinaryWriter beginUnit(int unitKeyGroup) throws IOException {
        assert unitKeyGroup >= keyGroup : unitKeyGroup + " after " + keyGroup;
        if (segment.size() >= ENOUGH_BYTES) {
            endSegment();
        }
        if (segment.size() == 0) {
            firstKeyGroup = unitKeyGroup;
        }
        keyGroup = unitKeyGroup;
        segment.attach(WriterStructures.selfDescribing());
        segment.writeVarInt(unitKeyGroup);
        unitStart = segment.size();
        segment.writeInt(0);
        segment.writeInt(0);
        segment.writeInt(0);
        return segment;
    }

    public void endUnit(int removed, int rows) {
        segment.putInt(unitStart, removed);
        segment.putInt(unitStart + 4, rows);
        segment.putInt(unitStart + 8, segment.size() - unitStart - 12);
    }

    private void endSegment() throws IOException {
        BinaryWriter full = segment;
        SegmentRef ref = out.append(stream -> stream.write(full.array(), 0, full.size()));
        bytes += full.size();
        pieces.add(new Piece.Stored(ref, firstKeyGroup, keyGroup));
        segment.clear();
    }

    /** The segments in order; none if there was no unit. */
    public List<Piece> finish() throws IOException {
        if (segment.size() > 0) {
            endSegment();
        }
        out.giveBack(segment);
        segment = null;
        return List.copyOf(pieces);
    }

    /** Of all segments; valid after {@link #finish}. */
    public long bytes() {
        return bytes;
    }
}
