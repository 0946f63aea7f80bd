package io.millrace.runtime.checkpoint;

import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A part whose segments are appended to a file as they come. Confined to a snapshot thread. */
public final class AppendedPart implements PartOutput {
    private final SegmentOutput file;
    private final List<Piece> pieces = new ArrayList<>();

    public AppendedPart(SegmentOutput file) {
        this.file = file;
    }

    @Override
    public BinaryWriter add(BinaryWriter full, int firstKeyGroup, int lastKeyGroup)
            throws IOException {
        SegmentRef segment = file.append(stream -> stream.write(full.array(), 0, full.size()));
        pieces.add(new Piece.Stored(segment, firstKeyGroup, lastKeyGroup));
        full.clear();
        return full;
    }

    /** Where the segments are that have come so far. */
    public List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    @Override
    public List<Piece> finish(BinaryWriter spare) {
        file.giveBack(spare);
        return pieces();
    }
}
