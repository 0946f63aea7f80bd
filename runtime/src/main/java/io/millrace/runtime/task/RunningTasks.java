package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The tasks of a worker, also those that have ended and whose jobs are not released. Thread-safe.
 */
final class RunningTasks {
    private final TaskSettings settings;
    private final Consumer<Throwable> fatal;
    private final ConcurrentHashMap<AttemptId, RunningTask> tasks = new ConcurrentHashMap<>();

    /**
     * @param fatal told that a task cannot be stopped
     */
    RunningTasks(TaskSettings settings, Consumer<Throwable> fatal) {
        this.settings = settings;
        this.fatal = fatal;
    }

    /** Returns false, changing nothing, if there is one of this attempt. */
    boolean add(RunningTask running) {
        return tasks.putIfAbsent(running.task().attempt(), running) == null;
    }

    /** Null if there is none. */
    RunningTask get(AttemptId attempt) {
        return tasks.get(attempt);
    }

    /** All of them; what comes or goes meanwhile may be seen or not. */
    Collection<RunningTask> all() {
        return tasks.values();
    }

    /** The same of one job, without those that have ended. */
    List<RunningTask> liveOf(JobId jobId) {
        return tasks.values().stream()
                .filter(running -> running.isOf(jobId) && !running.hasEnded())
                .toList();
    }

    boolean haveEnded() {
        return tasks.values().stream().allMatch(RunningTask::hasEnded);
    }

    /** Cancels all that run. */
    void cancelAll(long nowNanos) {
        for (RunningTask running : tasks.values()) {
            if (!running.hasEnded()) {
                running.cancel(nowNanos);
            }
        }
    }

    /** The tasks of a job, all of which have ended. */
    void forget(JobId jobId) {
        tasks.values().removeIf(running -> running.isOf(jobId));
    }

    /** The counters for a heartbeat. */
    List<TaskProgress> beat() {
        return tasks.values().stream().map(running -> running.task().beat()).toList();
    }

    /**
     * On the monitor's thread: ends pieces of work that take long, interrupts what does not end,
     * and gives up on what never does.
     */
    void check(long nowNanos) {
        for (RunningTask running : tasks.values()) {
            running.task().onCheck(nowNanos);
            long sinceNanos = running.canceledForNanos(nowNanos);
            if (sinceNanos >= settings.cancelTimeout().toNanos()) {
                fatal.accept(
                        new MillraceException(
                                ErrorCode.INTERNAL,
                                running.task().where()
                                        + " has not ended "
                                        + settings.cancelTimeout().toMillis()
                                        + " ms after its cancel; the worker process ends, since"
                                        + " nothing else stops the user's code. See"
                                        + " task.cancel-timeout."));
                running.giveUp();
            } else if (sinceNanos >= settings.cancelGrace().toNanos()) {
                running.handle().interrupt();
            }
        }
    }
}
