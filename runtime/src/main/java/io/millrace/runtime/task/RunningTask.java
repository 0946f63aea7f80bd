package io.millrace.runtime.task;

import io.millrace.runtime.plan.JobId;

/** A task on its threads, and since when it should have ended. Thread-safe. */
final class RunningTask {
    private final TaskHandle task;
    private final WorkHandle handle;
    // Written by who cancels, read by the monitor; 0 while nobody has.
    private volatile long canceledAtNanos;

    // Written by the task when the coordinator has been told of its end; read by who takes
    // messages.
    private volatile boolean endIsTold;

    RunningTask(TaskHandle task, WorkHandle handle) {
        this.task = task;
        this.handle = handle;
    }

    TaskHandle task() {
        return task;
    }

    WorkHandle handle() {
        return handle;
    }

    /** The coordinator has been told how it ended, and what it had prepared. */
    void endIsTold() {
        endIsTold = true;
    }

    /** A task looks ended a moment before that. */
    boolean isEndTold() {
        return endIsTold;
    }

    boolean hasEnded() {
        return task.state().isTerminal();
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

    /**
     * Lets the task hear that a checkpoint is complete, and end then. Its functions may take their
     * time for what they commit: the coordinator says when that is too long.
     */
    void stop(long checkpointId) {
        task.stopAfter(checkpointId);
    }

    /** -1 if it has not been canceled, or has ended. */
    long canceledForNanos(long nowNanos) {
        long since = canceledAtNanos;
        return since == 0 || hasEnded() ? -1 : nowNanos - since;
    }

    /** Nobody asks for this task any more. */
    void giveUp() {
        canceledAtNanos = 0;
    }
}
