package io.millrace.runtime.operator;

import io.millrace.runtime.chunk.RecordChunk;

/**
 * The entrance of a chain for what one of its inputs brings. Copied for each chain like the
 * operators; confined to its task.
 */
public abstract class ChunkReceiver {
    /**
     * Pushes the records of the chunk, at least the first one. Returns how many: fewer than all if
     * the piece has come to its end.
     */
    public abstract int accept(RecordChunk chunk, PieceEnd piece);

    /** Time of this input has come to {@code timestampMs}. */
    public abstract void watermark(long timestampMs);

    /** Nobody should wait for this input's time. */
    public abstract void idle();

    /** After {@link #idle}: this input's time counts again, although it has not come further. */
    public void active() {}

    /** This input has ended; others may go on. */
    public void endOfInput() {}

    /**
     * Whether more of this input can be taken now. While it cannot, the task leaves it in the gate,
     * and reads others.
     */
    public boolean takesInput() {
        return true;
    }

    /**
     * Whether what cannot be taken now can be kept, unprocessed and as a part of the next snapshot,
     * so that the barrier behind it comes.
     */
    public Holding holding() {
        return Holding.NEVER;
    }

    /** What becomes of records that an operator does not take. */
    public enum Holding {
        /** They wait in the exchange. */
        NEVER,
        /** They can be kept. */
        ROOM,
        /** They could be kept if there were fewer of them. */
        FULL
    }
}
