package io.millrace.coordinator;

import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobId;
import java.util.List;

/**
 * How a job ended. Immutable.
 *
 * @param failure null if it finished
 * @param endedAtMs the time of the event that ended it
 * @param durationMs from submission to the end
 * @param accumulators of all subtasks; empty unless the job finished
 */
public record JobResult(
        JobId jobId,
        String name,
        Outcome outcome,
        FailureReport failure,
        long endedAtMs,
        long durationMs,
        long recordsIn,
        long recordsOut,
        List<AccumulatorValue> accumulators) {
    public JobResult {
        accumulators = List.copyOf(accumulators);
    }

    /** Without accumulators. */
    public JobResult(
            JobId jobId,
            String name,
            Outcome outcome,
            FailureReport failure,
            long endedAtMs,
            long durationMs,
            long recordsIn,
            long recordsOut) {
        this(
                jobId,
                name,
                outcome,
                failure,
                endedAtMs,
                durationMs,
                recordsIn,
                recordsOut,
                List.of());
    }

    /** The ways a job ends. */
    public enum Outcome {
        FINISHED,
        FAILED,
        CANCELED
    }
}
