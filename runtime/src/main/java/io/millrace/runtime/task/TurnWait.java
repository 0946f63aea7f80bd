package io.millrace.runtime.task;

import io.millrace.runtime.chain.TaskCanceledException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits inside a turn, where neither a record nor an operator's call can be left half done. Only
 * the task waits; {@link #wakeUp} is for any thread.
 */
final class TurnWait {
    private final TaskClock clock;
    private final BooleanSupplier canceled;
    // Written by the thread of the turn, read by who wakes it; null while it does not wait.
    private volatile Thread waiting;

    /**
     * @param canceled whether to give up
     */
    TurnWait(TaskClock clock, BooleanSupplier canceled) {
        this.clock = clock;
        this.canceled = canceled;
    }

    /** Ends a pause, if there is one. */
    void wakeUp() {
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Returns when the condition holds.
     *
     * @param meanwhile run before each pause
     * @param pauseNanos the longest pause between two looks
     * @throws TaskCanceledException if the task is canceled meanwhile
     */
    void until(BooleanSupplier condition, Runnable meanwhile, long pauseNanos) {
        waiting = Thread.currentThread();
        try {
            while (!condition.getAsBoolean()) {
                if (canceled.getAsBoolean()) {
                    throw new TaskCanceledException();
                }
                meanwhile.run();
                clock.pause(pauseNanos);
            }
        } finally {
            waiting = null;
        }
    }
}
