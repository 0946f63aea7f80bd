package io.millrace.coordinator;

import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobId;

/**
 * How a job ended. Immutable.
 *
 * @param failure null if it finished
 * @param endedAtMs the time of the event that ended it
 * @param durationMs from submission to the end
 */
public record JobResult(
        JobId jobId,
        String name,
        Outcome outcome,
        FailureReport failure,
        long endedAtMs,
        long durationMs,
        long recordsIn,
        long recordsOut) {
    /** The ways a job ends. */
    public enum Outcome {
        FINISHED,
        FAILED,
        CANCELED
    }
}
