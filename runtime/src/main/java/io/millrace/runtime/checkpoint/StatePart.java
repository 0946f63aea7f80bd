package io.millrace.runtime.checkpoint;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One state of one operator in one subtask, as a checkpoint has it. Immutable; the byte arrays are
 * never written to.
 *
 * @param name of the state, unique among those of its kind in the operator
 * @param form names who can read the content, and in which version: {@code tables/1}
 * @param firstKeyGroup of the subtask when it was taken; 0 for what is not keyed
 * @param lastKeyGroup inclusive; −1 for what is not keyed
 * @param items how many the content has, for kinds that are given out item by item; else 0
 * @param description what a reader must know before the content, as written schemas; may be empty
 * @param pieces the content, in order
 */
public record StatePart(
        Kind kind,
        String name,
        String form,
        int firstKeyGroup,
        int lastKeyGroup,
        int items,
        byte[] description,
        List<Piece> pieces) {

    public StatePart {
        pieces = List.copyOf(pieces);
    }

    /** How a state is divided when the parallelism changes. */
    public enum Kind {
        /** Tables of keys: each subtask takes its key groups. */
        KEYED,
        /** Timers of keys: each subtask takes its key groups. */
        TIMERS,
        /** A list whose items are dealt out. Splits of a source and state of a sink are such. */
        SPLIT_LIST,
        /** A list that every subtask gets whole, of all subtasks. */
        UNION_LIST,
        /** The same in every subtask: each gets one. */
        BROADCAST,
        /**
         * Records on their way on one channel. With a range of key groups those of each key go to
         * the subtask that owns its group, and readers skip the others; without one the channel
         * goes to one subtask as a whole.
         */
        CHANNEL
    }

    StatePart withNames(UnaryOperator<String> rename) {
        return withPieces(pieces.stream().map(piece -> piece.withNames(rename)).toList());
    }

    /** The same with other content. */
    public StatePart withPieces(List<Piece> content) {
        return new StatePart(
                kind, name, form, firstKeyGroup, lastKeyGroup, items, description, content);
    }

    /** Where its content lies in files. */
    public Stream<SegmentRef> segments() {
        return pieces.stream()
                .filter(piece -> piece.kind() == Piece.Kind.STORED)
                .map(piece -> ((Piece.Stored) piece).segment());
    }

    public boolean isKeyed() {
        return kind == Kind.KEYED || kind == Kind.TIMERS;
    }
}
