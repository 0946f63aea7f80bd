package io.millrace.coordinator.job;

import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.checkpoint.CheckpointPast;
import io.millrace.coordinator.checkpoint.CheckpointPolicy;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;

/**
 * What of a job goes on when it begins anew at another parallelism. Who has given it away does not
 * touch it again.
 *
 * <p>Whatever has a number goes on counting, so that what is late and meant for the job as it was
 * is never taken for a word to the job as it is. What people have been told goes on, too.
 *
 * @param inputHosts that have the most of what its sources read, the best first
 * @param firstAttempt that none has had
 * @param firstGeneration that no enumerator has had
 * @param told workers that have heard of the job, and have to forget it at its end
 * @param waits for workers that there were
 * @param trial that it begins as; null if it goes back to what it was, or is new
 */
record JobPast(
        FailureLog failures,
        JobRestarts restarts,
        List<String> inputHosts,
        int firstAttempt,
        int firstGeneration,
        List<String> told,
        int waits,
        CheckpointPast checkpoints,
        Rescaling.Trial trial) {
    JobPast {
        inputHosts = List.copyOf(inputHosts);
        told = List.copyOf(told);
    }

    /** Of a job that is new to this leader. */
    static JobPast none(JobGraph graph, CoordinatorSettings settings) {
        return new JobPast(
                new FailureLog(),
                new JobRestarts(settings.restart()),
                List.of(),
                0,
                0,
                List.of(),
                0,
                CheckpointPast.none(CheckpointPolicy.of(graph)),
                null);
    }
}
