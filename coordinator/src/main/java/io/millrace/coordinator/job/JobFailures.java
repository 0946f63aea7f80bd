package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.blocklist.NodeTrouble;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.runtime.message.FailureReport;
import java.util.Optional;

/** The words for what a job master itself finds wrong. Pure. */
final class JobFailures {
    private JobFailures() {}

    static FailureReport of(MillraceException e) {
        String summary = e.getMessage().substring(e.code().name().length() + 2);
        return report(e.code(), summary);
    }

    static FailureReport cancelled(String jobName, String who) {
        return report(
                ErrorCode.JOB_CANCELED, "Job '" + jobName + "' was cancelled by " + who + ".");
    }

    static FailureReport cancelledUnasked(SubtaskRun run) {
        return report(
                ErrorCode.INTERNAL,
                "Task "
                        + run.id()
                        + " on worker "
                        + run.workerId()
                        + " was cancelled, though nobody had asked for that. See the worker's"
                        + " log.");
    }

    static FailureReport workersMissing(
            String jobName, int missing, int slots, long waitedMs, WorkerPool pool) {
        return report(
                ErrorCode.RESOURCES_NOT_GRANTED,
                "Job '"
                        + jobName
                        + "' lacks "
                        + missing
                        + " of "
                        + slots
                        + " slots after "
                        + waitedMs
                        + " ms (resource.wait-timeout): "
                        + pool.size()
                        + " workers with "
                        + pool.slots()
                        + " slots have registered, "
                        + pool.freeSlots()
                        + " of them are free. "
                        + pool.startFailures()
                        + "Check the queue's free capacity, or run with lower parallelism.");
    }

    static FailureReport allFinished() {
        return report(ErrorCode.CHECKPOINTS_FAILING, "all tasks of the job have finished.");
    }

    static FailureReport stopped() {
        return report(ErrorCode.SAVEPOINT_FAILED, "the job has ended with another savepoint.");
    }

    static FailureReport rescaled(String jobName, int parallelism) {
        return report(
                ErrorCode.RESCALE_FAILED,
                "job '" + jobName + "' begins anew at parallelism " + parallelism + ".");
    }

    static FailureReport noMoreCheckpoints() {
        return report(
                ErrorCode.RESCALE_FAILED,
                "some of its tasks have finished, and it takes no checkpoints after that"
                        + " (execution.checkpointing.checkpoints-after-tasks-finish).");
    }

    static FailureReport notRunning(JobState state) {
        return report(ErrorCode.RESCALE_FAILED, "it is " + state + ".");
    }

    /**
     * What a failed attempt says about its node; nothing if the program is at fault, or the task
     * could not read from another worker.
     */
    static Optional<NodeTrouble> troubleOf(SubtaskRun run, FailureReport failure) {
        boolean ofNode =
                switch (failure.code().category()) {
                    case USER -> false;
                    case RESOURCE, EXTERNAL, INTERNAL ->
                            failure.code() != ErrorCode.EXCHANGE_FAILED;
                };
        String reason = "task " + run.id() + " failed with " + failure.code();
        return ofNode ? Optional.of(NodeTrouble.failure(run.host(), reason)) : Optional.empty();
    }

    /** Why a worker has to go whose task does not. */
    static String stuck(SubtaskRun run, String jobName, long timeoutMs) {
        return "task "
                + run.id()
                + " of job '"
                + jobName
                + "' had not ended "
                + timeoutMs
                + " ms after it was cancelled (task.cancel-timeout).";
    }

    private static FailureReport report(ErrorCode code, String summary) {
        return new FailureReport(code, summary, "", null);
    }
}
