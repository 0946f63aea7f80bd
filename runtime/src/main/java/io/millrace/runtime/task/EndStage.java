package io.millrace.runtime.task;

/**
 * Where the end of a task is. It goes down the list, each once. Pure.
 *
 * <pre>
 * EMITTING → AWAITING  all was emitted, and a function waits for a checkpoint
 * EMITTING → WRITING   all was emitted, and none waits
 * AWAITING → WRITING   a checkpoint that was taken since then is complete
 * WRITING  → OVER      the outputs have taken the end, and nothing of the task is being written
 * </pre>
 */
enum EndStage {
    /** Operators emit what they hold, one after the other. */
    EMITTING,
    /** The end is out; the operators live until what they have prepared is committed. */
    AWAITING,
    /** The end is out; what was handed over at barriers may need the operators' state. */
    WRITING,
    /** The operators are closed. */
    OVER;

    /** Whether mail and timers reach the operators. */
    boolean hears() {
        return this == EMITTING || this == AWAITING;
    }

    /**
     * Whether a checkpoint may be cut: never between two operators of which one has ended.
     *
     * @param begun whether an operator has been told that its input is over
     */
    boolean mayCut(boolean begun) {
        return this == EMITTING ? !begun : this == AWAITING;
    }

    /** What follows {@link #EMITTING}. */
    static EndStage afterEmitting(boolean awaitsCheckpoint) {
        return awaitsCheckpoint ? AWAITING : WRITING;
    }
}
