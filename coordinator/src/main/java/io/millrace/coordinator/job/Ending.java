package io.millrace.coordinator.job;

import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.coordinator.JobResult.Outcome;
import io.millrace.runtime.message.FailureReport;

/**
 * What a job will end as, once nothing of it runs any more. Immutable.
 *
 * @param failure null unless it fails or is cancelled
 * @param rootAdvice of the failure that came first
 */
record Ending(Outcome outcome, FailureReport failure, Advice rootAdvice) {
    /** Nobody shall take it for cancelled in peace: promised output is not visible. */
    Ending withLostOutput(FailureReport lost) {
        return new Ending(Outcome.FAILED, lost, Advice.FAIL);
    }

    /** The program itself is at fault, and what had been seen before was a consequence. */
    Ending withRootCause(FailureReport cause) {
        return outcome == Outcome.FAILED && rootAdvice != Advice.FAIL
                ? new Ending(Outcome.FAILED, cause, Advice.FAIL)
                : this;
    }
}
