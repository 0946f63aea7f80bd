package io.millrace.runtime.task;

import io.millrace.runtime.plan.JobId;

/** A task on the loops, and since when it should have ended. Thread-safe. */
final class RunningTask {
    private final Task task;
    private final LoopEntry entry;
    // Written by who cancels, read by the monitor; 0 while nobody has.
    private volatile long canceledAtNanos;

    RunningTask(Task task, LoopEntry entry) {
        this.task = task;
        this.entry = entry;
    }

    Task task() {
        return task;
    }

    LoopEntry entry() {
        return entry;
    }

    boolean isOf(JobId jobId) {
        return task.attempt().jobId().equals(jobId);
    }

    void cancel(long nowNanos) {
        if (canceledAtNanos == 0) {
            canceledAtNanos = nowNanos == 0 ? 1 : nowNanos;
        }
        task.cancel();
    }

    /** -1 if it has not been canceled, or has ended. */
    long canceledForNanos(long nowNanos) {
        long since = canceledAtNanos;
        return since == 0 || task.state().isTerminal() ? -1 : nowNanos - since;
    }

    /** Nobody asks for this task any more. */
    void giveUp() {
        canceledAtNanos = 0;
    }
}
