package io.millrace.runtime.task;

import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.time.SteadyTime;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether there is room for what a task emits, and what it does meanwhile if there is not. Confined
 * to the task.
 */
final class TaskRoom {
    private static final long WAIT_FOR_SPACE_NANOS = 100_000;
    // Of an operator that yields: timers may come, mail wakes it.
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TaskClock clock;
    private final TurnWait wait;
    private final SteadyTime steady;
    private final TaskCounters counters;
    private Chain chain; // null before it is open, and after it is closed
    private TaskCheckpoints checkpoints;
    private boolean takesInput = true;
    private long stalledSinceNanos;

    /**
     * @param steady stands still while there is no room
     */
    TaskRoom(TaskClock clock, TurnWait wait, SteadyTime steady, TaskCounters counters) {
        this.clock = clock;
        this.wait = wait;
        this.steady = steady;
        this.counters = counters;
    }

    /** There is a chain now. */
    void open(Chain of, TaskCheckpoints itsCheckpoints) {
        chain = of;
        checkpoints = itsCheckpoints;
    }

    void close() {
        chain = null;
    }

    /** Whether there is room for more input, in the outputs and in the operators. */
    boolean takesInput() {
        boolean takes = drained();
        if (takes && (checkpoints.isSuspended() || !chain.takesInput())) {
            chain.flush();
            takes = false;
        }
        if (takes != takesInput) {
            takesInput = takes;
            if (takes) {
                steady.activity().resume();
            } else {
                steady.activity().pause();
            }
        }
        return takes;
    }

    /** What {@link #takesInput} said last. */
    boolean tookInput() {
        return takesInput;
    }

    /** Whether the outputs have taken everything; counts the time in which they had not. */
    boolean drained() {
        if (chain.drain()) {
            if (stalledSinceNanos != 0) {
                counters.stalled(clock.nanos() - stalledSinceNanos);
                stalledSinceNanos = 0;
            }
            return true;
        }
        if (stalledSinceNanos == 0) {
            stalledSinceNanos = clock.nanos();
        }
        return false;
    }

    /** Waits inside a turn: one record has become more chunks than may be pending. */
    void awaitSpace(EdgeOutput output) {
        steady.activity().pause();
        try {
            wait.until(output::drain, this::settle, WAIT_FOR_SPACE_NANOS);
        } finally {
            steady.activity().resume();
        }
    }

    /** Waits inside a turn: an operator yields. What it has emitted goes out meanwhile. */
    void awaitInTurn(BooleanSupplier condition) {
        wait.until(condition, this::sendMeanwhile, LONGEST_PAUSE_NANOS);
    }

    private void sendMeanwhile() {
        if (chain != null && chain.drain()) {
            chain.flush();
        }
        settle();
    }

    /** Tells readers that sleep of what they were sent. */
    void settle() {
        if (chain != null) {
            chain.settle();
        }
    }
}
