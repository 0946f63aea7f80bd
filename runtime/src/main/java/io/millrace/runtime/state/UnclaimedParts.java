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
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Keyed state that a checkpoint has and nobody has asked for yet: it goes on from checkpoint to
 * checkpoint as it is. Confined to the task, but for what is frozen.
 */
/* An incremental checkpoint refers to where it lies, a full one has copies. Once a full one is complete the
 * copies take its place: the files that it came from may go with the checkpoint that was restored.
 */
public final class UnclaimedParts {
    private final int firstKeyGroup;
    private final int lastKeyGroup;
    private final SegmentSource segments;
    private List<RestoredPart> parts;

    /** By checkpoint id. The snapshot thread adds what it has written, the task takes it out. */
    private final ConcurrentSkipListMap<Long, List<StatePart>> copies =
            new ConcurrentSkipListMap<>();

    /**
     * @param parts of one kind
     */
    public UnclaimedParts(
            List<RestoredPart> parts, int firstKeyGroup, int lastKeyGroup, SegmentSource segments) {
        this.parts = List.copyOf(parts);
        this.firstKeyGroup = firstKeyGroup;
        this.lastKeyGroup = lastKeyGroup;
        this.segments = segments;
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Those of one state, in the order in which they are to be read. */
    public List<RestoredPart> named(String name) {
        return parts.stream().filter(part -> part.part().name().equals(name)).toList();
    }

    /** The state has been read, and is written by whom it belongs to from now on. */
    public void claimed(String name) {
        parts = parts.stream().filter(part -> !part.part().name().equals(name)).toList();
    }

    /**
     * The same parts, with what they have of these key groups.
     *
     * @param last inclusive
     */
    public static List<StatePart> narrowed(List<RestoredPart> parts, int first, int last) {
        List<StatePart> narrowed = new ArrayList<>();
        for (RestoredPart one : parts) {
            StatePart part = one.part();
            int from = Math.max(part.firstKeyGroup(), first);
            int to = Math.min(part.lastKeyGroup(), last);
            if (from <= to) {
                narrowed.add(with(part, from, to, pieces(part, from, to)));
            }
        }
        return narrowed;
    }

    private static List<Piece> pieces(StatePart part, int first, int last) {
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : part.pieces()) {
            if (piece instanceof Piece.Stored stored) {
                int from = Math.max(first, stored.firstKeyGroup());
                int to = Math.min(last, stored.lastKeyGroup());
                if (from <= to) {
                    pieces.add(new Piece.Stored(stored.segment(), from, to));
                }
            } else {
                pieces.add(piece);
            }
        }
        return pieces;
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

    /** As they are now; to be written at most once. */
    public Frozen freeze(long checkpointId, CheckpointKind kind) {
        return new Frozen(checkpointId, kind, narrowed(parts, firstKeyGroup, lastKeyGroup));
    }

    /** The checkpoint is complete. */
    public void onComplete(long checkpointId) {
        List<StatePart> written = copies.get(checkpointId);
        copies.headMap(checkpointId, true).clear();
        if (written != null) {
            List<RestoredPart> before = parts;
            parts =
                    written.stream()
                            .filter(part -> before.stream().anyMatch(one -> isSame(one, part)))
                            .map(part -> new RestoredPart(part, 0, 0, 0))
                            .toList();
        }
    }

    private static boolean isSame(RestoredPart one, StatePart part) {
        return one.part().name().equals(part.name());
    }

    /** The checkpoint will not be. */
    public void onAborted(long checkpointId) {
        copies.remove(checkpointId);
    }

    /** Parts as they were at a freeze. Immutable. */
    public final class Frozen {
        private final long checkpointId;
        private final CheckpointKind kind;
        private final List<StatePart> frozen;

        private Frozen(long checkpointId, CheckpointKind kind, List<StatePart> frozen) {
            this.checkpointId = checkpointId;
            this.kind = kind;
            this.frozen = frozen;
        }

        /** The parts of the checkpoint. Snapshot thread. */
        public List<StatePart> writeTo(SegmentOutput out) throws IOException {
            List<StatePart> written = new ArrayList<>();
            for (StatePart part : frozen) {
                add(kind.standsAlone() ? copy(part, out) : part, written);
            }
            if (kind == CheckpointKind.FULL && !written.isEmpty()) {
                copies.put(checkpointId, written);
            }
            return written;
        }
    }

    /** Those of one state become one, also if they came from several subtasks. */
    private static void add(StatePart part, List<StatePart> all) {
        for (int i = 0; i < all.size(); i++) {
            StatePart other = all.get(i);
            if (other.name().equals(part.name())
                    && other.form().equals(part.form())
                    && Arrays.equals(other.description(), part.description())) {
                List<Piece> pieces = new ArrayList<>(other.pieces());
                pieces.addAll(part.pieces());
                int first = Math.min(other.firstKeyGroup(), part.firstKeyGroup());
                int last = Math.max(other.lastKeyGroup(), part.lastKeyGroup());
                all.set(i, with(part, first, last, pieces));
                return;
            }
        }
        all.add(part);
    }

    private StatePart copy(StatePart part, SegmentOutput out) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : part.pieces()) {
            pieces.add(
                    piece instanceof Piece.Stored stored
                            ? new Piece.Stored(
                                    copy(stored.segment(), out),
                                    stored.firstKeyGroup(),
                                    stored.lastKeyGroup())
                            : piece);
        }
        return with(part, part.firstKeyGroup(), part.lastKeyGroup(), pieces);
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
