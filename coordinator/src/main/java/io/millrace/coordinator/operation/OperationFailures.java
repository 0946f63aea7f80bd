package io.millrace.coordinator.operation;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.JobResult;
import io.millrace.runtime.message.FailureReport;

/** The words for operations that could not be done. Pure. */
final class OperationFailures {
    private OperationFailures() {}

    static FailureReport noSuchJob(Operation asked) {
        return report(
                ErrorCode.JOB_NOT_FOUND,
                "this application has no job " + asked.jobId() + ", or it has ended long ago.");
    }

    static FailureReport jobHasEnded(Operation asked, String state) {
        return report(
                codeOf(asked), "job " + asked.jobId() + " had ended already: it is " + state + ".");
    }

    static FailureReport ofStages(Operation asked) {
        return report(
                ErrorCode.PROGRAM_INVALID,
                "job "
                        + asked.jobId()
                        + " is a batch job: it has no state to save. It goes on, and repeats what"
                        + " fails by itself.");
    }

    static FailureReport noDirectory(Operation asked) {
        return report(
                ErrorCode.INVALID_OPTION,
                "no directory was named for the savepoint of job "
                        + asked.jobId()
                        + ", and the job has none: name one, or set"
                        + " 'execution.checkpointing.savepoint-dir' when it is started. It goes"
                        + " on.");
    }

    private static ErrorCode codeOf(Operation asked) {
        return asked.kind().rescales() ? ErrorCode.RESCALE_FAILED : ErrorCode.SAVEPOINT_FAILED;
    }

    static FailureReport jobEnded(Operation asked, JobResult result) {
        return report(
                codeOf(asked),
                "job "
                        + result.jobId()
                        + " ended before: it is "
                        + result.outcome()
                        + (result.failure() == null ? "." : ". " + result.failure().headline()));
    }

    static FailureReport notCommitted(String path, JobResult result) {
        String why = result.failure() == null ? "" : " " + result.failure().headline();
        return report(
                ErrorCode.SAVEPOINT_FAILED,
                "the job has ended as "
                        + result.outcome()
                        + ", and not all of its output is committed."
                        + why
                        + " The savepoint "
                        + path
                        + " is whole and holds what is to be committed: a job that is started from"
                        + " it commits that first.");
    }

    static FailureReport leaderChanged(OperationKind kind) {
        return report(
                kind.rescales() ? ErrorCode.RESCALE_FAILED : ErrorCode.SAVEPOINT_FAILED,
                "the application master ended meanwhile, and another one goes on."
                        + (kind.stops() ? " The job was not stopped and goes on." : "")
                        + (kind.rescales()
                                ? " The job goes on at the parallelism that it had."
                                : "")
                        + " What was written is removed. Ask again under a new id.");
    }

    static FailureReport leaderChangedBeforeRescale() {
        return report(
                ErrorCode.RESCALE_FAILED,
                "the application master ended meanwhile, and another one goes on with the job at"
                        + " the parallelism that it had. Ask again under a new id.");
    }

    /** The same failure of an operation whose savepoint was whole before. */
    static FailureReport afterSavepoint(FailureReport why, String path) {
        return why.leadingTo(
                why.code(), why.summary() + " Its savepoint " + path + " is whole and stays.");
    }

    static FailureReport unknown(String path, FailureReport why) {
        return why.leadingTo(
                ErrorCode.SAVEPOINT_FAILED,
                "the application master ended meanwhile, and the next one cannot tell whether "
                        + path
                        + " is whole: "
                        + why.headline()
                        + " 'millrace checkpoint verify' tells when storage answers.");
    }

    private static FailureReport report(ErrorCode code, String summary) {
        return new FailureReport(code, summary, "", null);
    }
}
