package io.millrace.runtime.checkpoint;

import java.util.function.UnaryOperator;

/** Some of the bytes of a {@link StatePart}. A closed family of values. */
public sealed interface Piece {
    Kind kind();

    /** The same, with another name for its file if it has one. */
    Piece withNames(UnaryOperator<String> name);

    /** Where the bytes are. */
    enum Kind {
        INLINE,
        STORED
    }

    /** Bytes so few that they travel with the acknowledgement and lie in the manifest. */
    record Inline(byte[] bytes) implements Piece {
        @Override
        public Kind kind() {
            return Kind.INLINE;
        }

        @Override
        public Piece withNames(UnaryOperator<String> name) {
            return this;
        }
    }

    /**
     * Bytes in a file.
     *
     * @param firstKeyGroup of those that the bytes are about; 0 for what is not keyed
     * @param lastKeyGroup inclusive; 0 for what is not keyed
     */
    record Stored(SegmentRef segment, int firstKeyGroup, int lastKeyGroup) implements Piece {
        @Override
        public Kind kind() {
            return Kind.STORED;
        }

        @Override
        public Piece withNames(UnaryOperator<String> name) {
            return new Stored(
                    segment.withFile(name.apply(segment.file())), firstKeyGroup, lastKeyGroup);
        }
    }
}
