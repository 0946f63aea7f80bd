package io.millrace.runtime.task;

/**
 * Work that is done in bounded bits by whoever runs its turns; never by two threads at once, and
 * what one turn wrote the next one sees.
 */
interface Turnable {
    /**
     * Does a bit of work that never waits. Returns how much; 0 to be left alone until a wake-up,
     * also after work if nothing is left of it.
     */
    int turn();

    /**
     * Tells others what the last turn has for them. Called after each turn, by who ran it, who is
     * free to do what they want next.
     */
    default void settle() {}

    /** Whether no turn is needed any more. Asked after a turn, by who ran it. */
    boolean isDone();

    /**
     * When a turn is wanted without a wake-up, in {@code System.nanoTime}; {@code Long.MAX_VALUE}
     * for never. Asked after a turn that returned 0.
     */
    long nextTurnNanos();
}
