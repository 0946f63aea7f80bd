package io.millrace.runtime.task;

/** A piece of work as those see it who want it to have a turn. Thread-safe. */
interface WorkHandle {
    /** A turn makes sense now; never waits. None is lost: a turn begins after the call. */
    void wake();

    /** Interrupts the thread that is in a turn of this work, if one is. */
    void interrupt();
}
