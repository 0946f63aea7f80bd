package io.millrace.runtime.state;

import io.millrace.runtime.checkpoint.AppendedPart;
import io.millrace.runtime.checkpoint.PartOutput;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.WriterStructures;
import java.io.IOException;
import java.util.List;

/**
 * Collects units, as in {@link TableForm}, into segments of a few mebibytes. Confined to a snapshot
 * thread.
 */
public final class TableSegments {
    /**
     * So much is enough to be read in one go; a segment has one unit more than that at most, for
     * which the rest of a buffer of 4 MiB has room.
     */
    private static final int ENOUGH_BYTES = (4 << 20) - (128 << 10);

    /** Where a key group ends, a little less is enough: a file may end there. */
    private static final int NEARLY_ENOUGH_BYTES = 3 << 20;

    private final PartOutput out;
    private BinaryWriter segment; // null when it is finished
    private int firstKeyGroup;
    private int keyGroup = -1;
    private int unitStart;
    private long bytes;

    /** Of a part, or of some of one that is written in several goes: into the file. */
    public TableSegments(SegmentOutput file) {
        this(file, new AppendedPart(file));
    }

    /**
     * Of a whole part, which goes where {@code file} says.
     *
     * @param part without pieces
     */
    public TableSegments(SegmentOutput file, StatePart part) {
        this(file, file.begin(part));
    }

    private TableSegments(SegmentOutput file, PartOutput out) {
        this.out = out;
        this.segment = file.takeBuffer();
    }

    /**
     * Begins a unit; key groups never descend.
     *
     * @return where removed rows and rows go, in this order, until {@link #endUnit}
     */
    public BinaryWriter beginUnit(int unitKeyGroup) throws IOException {
        assert unitKeyGroup >= keyGroup : unitKeyGroup + " after " + keyGroup;
        if (segment.size() >= (unitKeyGroup == keyGroup ? ENOUGH_BYTES : NEARLY_ENOUGH_BYTES)) {
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
        bytes += segment.size();
        segment = out.add(segment, firstKeyGroup, keyGroup);
    }

    /** Where the segments are, in order; none if there was no unit. */
    public List<Piece> finish() throws IOException {
        if (segment.size() > 0) {
            endSegment();
        }
        BinaryWriter spare = segment;
        segment = null;
        return out.finish(spare);
    }

    /** Of all segments; valid after {@link #finish}. */
    public long bytes() {
        return bytes;
    }
}
