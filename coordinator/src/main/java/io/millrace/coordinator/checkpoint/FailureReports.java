package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.AttemptId;

/** The words for what a checkpoint coordinator itself finds wrong. Pure. */
final class FailureReports {
    private FailureReports() {}

    static FailureReport of(MillraceException e) {
        String summary = e.getMessage().substring(e.code().name().length() + 2);
        return report(e.code(), summary);
    }

    /** Says which checkpoint it was. */
    static FailureReport ofCheckpoint(long id, FailureReport why) {
        return why.leadingTo(why.code(), "checkpoint " + id + " failed: " + why.summary());
    }

    /** Says that it was one that somebody had asked for. */
    static FailureReport ofSavepoint(FailureReport why) {
        ErrorCode code =
                why.code() == ErrorCode.CHECKPOINTS_FAILING
                        ? ErrorCode.SAVEPOINT_FAILED
                        : why.code();
        return why.leadingTo(code, "the savepoint was not written: " + why.summary());
    }

    /** Sources have ended for a savepoint that has failed. */
    static FailureReport undrained(FailureReport why) {
        return why.leadingTo(
                ErrorCode.SAVEPOINT_FAILED,
                "the job was to end with a savepoint, which has failed: "
                        + why.summary()
                        + " Its sources had ended, so it restarts.");
    }

    static FailureReport timedOut(PendingCheckpoint late, long timeoutMs) {
        String waitsFor =
                late.phase() == PendingCheckpoint.Phase.ENUMERATORS
                        ? "the positions of the enumerators"
                        : late.isAcknowledged() ? "storage" : "tasks " + late.awaited();
        return report(
                ErrorCode.CHECKPOINTS_FAILING,
                "it had not ended after "
                        + timeoutMs
                        + " ms (execution.checkpointing.timeout); it waited for "
                        + waitsFor
                        + ".");
    }

    static FailureReport overtaken(PendingCheckpoint older, PendingCheckpoint younger) {
        return report(
                ErrorCode.CHECKPOINTS_FAILING,
                "checkpoint "
                        + younger.id()
                        + ", triggered "
                        + (younger.triggeredAtMs() - older.triggeredAtMs())
                        + " ms later, was complete first.");
    }

    static FailureReport nothingRuns(long id) {
        return report(
                ErrorCode.CHECKPOINTS_FAILING,
                "all tasks had finished when checkpoint " + id + " was about to begin.");
    }

    static FailureReport unknownFile(long id, String file) {
        return report(
                ErrorCode.INTERNAL,
                "a task's state in checkpoint "
                        + id
                        + " refers to file "
                        + file
                        + ", which no complete checkpoint has and no worker has written.");
    }

    static FailureReport unannounced(AttemptId attempt) {
        return report(
                ErrorCode.INTERNAL,
                "task "
                        + attempt
                        + " is acknowledged as finished, and has not told its end: what its sinks"
                        + " have prepared is not known.");
    }

    private static FailureReport report(ErrorCode code, String summary) {
        return new FailureReport(code, summary, "", null);
    }
}
