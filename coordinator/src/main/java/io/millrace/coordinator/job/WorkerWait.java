package io.millrace.coordinator.job;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import java.util.List;

/**
 * Whether, and for the how-manieth time, a job waits for workers. Confined to the coordinator's
 * thread.
 */
final class WorkerWait {
    private final JobTimers timers;
    private final long limitMs;
    private int count;
    private boolean waiting;

    /**
     * @param before waits that there were before, whose timers end none of this
     */
    WorkerWait(JobTimers timers, long limitMs, int before) {
        this.timers = timers;
        this.limitMs = limitMs;
        this.count = before;
    }

    /** Nothing changes if the job waits already. */
    List<Effect> begin() {
        if (waiting) {
            return List.of();
        }
        waiting = true;
        count++;
        return List.of(new Effect.SetTimer(timers.of(Purpose.WORKERS_WANTED, count), limitMs));
    }

    /** Nothing changes if the job does not wait. */
    List<Effect> end() {
        if (!waiting) {
            return List.of();
        }
        waiting = false;
        return List.of(new Effect.CancelTimer(timers.of(Purpose.WORKERS_WANTED, count)));
    }

    /** How often it has waited. */
    int count() {
        return count;
    }

    /** Whether the job waits. */
    boolean isUnderWay() {
        return waiting;
    }

    /** Whether this timer ends the wait under way. */
    boolean isOver(TimerId timer) {
        return waiting && timer.generation() == count;
    }
}
