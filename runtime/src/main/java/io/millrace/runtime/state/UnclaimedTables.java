package io.millrace.runtime.state;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tables that a checkpoint has and nobody has asked for yet: they go on from checkpoint to
 * checkpoint as they are. Immutable.
 */
public record UnclaimedTables(
        List<RestoredPart> restored, int firstKeyGroup, int lastKeyGroup, SegmentSource segments) {

    public static UnclaimedTables of(KeyedBackendRequest request, List<RestoredPart> restored) {
        return new UnclaimedTables(
                List.copyOf(restored),
                request.firstKeyGroup(),
                request.lastKeyGroup(),
                request.segments());
    }

    /** The parts of a checkpoint; a full one gets copies. Snapshot thread. */
    public List<StatePart> parts(CheckpointKind kind, SegmentOutput out) throws IOException {
        List<StatePart> parts = new ArrayList<>();
        for (RestoredPart one : restored) {
            StatePart part = narrowed(one.part(), kind, out);
            if (part.firstKeyGroup() <= part.lastKeyGroup()) {
                add(part, parts);
            }
        }
        return parts;
    }

    /** Those of one table become one, also if they came from several subtasks. */
    private static void add(StatePart part, List<StatePart> parts) {
        for (int i = 0; i < parts.size(); i++) {
            StatePart other = parts.get(i);
            if (other.name().equals(part.name())
                    && other.form().equals(part.form())
                    && Arrays.equals(other.description(), part.description())) {
                List<Piece> pieces = new ArrayList<>(other.pieces());
                pieces.addAll(part.pieces());
                int first = Math.min(other.firstKeyGroup(), part.firstKeyGroup());
                int last = Math.max(other.lastKeyGroup(), part.lastKeyGroup());
                parts.set(i, with(part, first, last, pieces));
                return;
            }
        }
        parts.add(part);
    }

    private static StatePart with(StatePart part, int first, int last, List<Piece> pieces) {
        return new StatePart(
                part.kind(),
                part.name(),
                part.form(),
                first,
                last,
                part.items(),
                part.description(),
                pieces);
    }

    private StatePart narrowed(StatePart part, CheckpointKind kind, SegmentOutput out)
            throws IOException {
        int first = Math.max(part.firstKeyGroup(), firstKeyGroup);
        int last = Math.min(part.lastKeyGroup(), lastKeyGroup);
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : part.pieces()) {
            if (piece instanceof Piece.Stored stored) {
                int from = Math.max(first, stored.firstKeyGroup());
                int to = Math.min(last, stored.lastKeyGroup());
                if (from <= to) {
                    SegmentRef segment = stored.segment();
                    pieces.add(
                            new Piece.Stored(
                                    kind == CheckpointKind.FULL ? copy(segment, out) : segment,
                                    from,
                                    to));
                }
            } else {
                pieces.add(piece);
            }
        }
        return with(part, first, last, pieces);
    }

    private SegmentRef copy(SegmentRef segment, SegmentOutput out) throws IOException {
        return out.append(
                stream -> {
                    try (InputStream in = segments.open(segment)) {
                        in.transferTo(stream);
                    }
                });
    }
}
