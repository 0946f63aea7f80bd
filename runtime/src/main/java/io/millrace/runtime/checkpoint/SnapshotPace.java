package io.millrace.runtime.checkpoint;

import java.io.IOException;

/**
 * How fast threads of a worker write a savepoint. Thread-safe; each thread takes a {@link Step} of
 * its own.
 */
@FunctionalInterface
public interface SnapshotPace {
    /** As fast as it goes. */
    SnapshotPace FULL = threads -> Step.NONE;

    /**
     * For the calling thread.
     *
     * @param threads that write at a time, this one included
     */
    Step begin(int threads);

    /**
     * For the calling thread, as long as something costs more the longer it takes, as what tasks
     * froze does: without rests.
     */
    default Step beginHolding() {
        return begin(1);
    }

    /** Whether threads rest between pieces of work, so that others find processors. */
    default boolean rests() {
        return false;
    }

    /** What a thread calls between pieces of work. Confined to it. */
    @FunctionalInterface
    interface Step {
        Step NONE = () -> {};

        /**
         * A little was done, a tenth of a millisecond to some milliseconds of work; may rest.
         *
         * @throws IOException if nobody wants the savepoint any more
         */
        void worked() throws IOException;
    }
}
