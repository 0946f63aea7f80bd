package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.runtime.message.FailureReport;

/** What follows from a commit that failed. A closed family of values. */
sealed interface CommitDecision {
    /** A pause doubles at most this often. */
    int MAX_DOUBLINGS = 5;

    /** Committing is idempotent: the same again. */
    record Retry(long delayMs) implements CommitDecision {}

    /** The job ends; some of its output may be visible. */
    record Fail(FailureReport failure) implements CommitDecision {}

    /**
     * Decides. Pure.
     *
     * @param tries so far, at least 1
     * @param subtasks that prepared something
     */
    static CommitDecision of(
            FailureReport failure, int tries, int maxTries, long firstDelayMs, int subtasks) {
        if (failure.code().advice() != Advice.FAIL && tries < maxTries) {
            return new Retry(firstDelayMs << Math.min(tries - 1, MAX_DOUBLINGS));
        }
        return new Fail(
                failure.leadingTo(
                        // What is lost stays lost, whoever tries again.
                        failure.code() == ErrorCode.DATA_LOSS
                                ? ErrorCode.DATA_LOSS
                                : ErrorCode.COMMIT_FAILED,
                        failure.headline()
                                + " Tried "
                                + tries
                                + " times (commit.attempts). All tasks had finished and "
                                + subtasks
                                + " sink subtasks had prepared output: what their committers report"
                                + " as committed is visible, the rest is not and stays where it was"
                                + " prepared."));
    }
}
