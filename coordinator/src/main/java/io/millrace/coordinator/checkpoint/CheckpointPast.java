package io.millrace.coordinator.checkpoint;

/**
 * What of a job's checkpoints goes on when the job begins anew at another parallelism.
 *
 * @param highestId ids up to this one may have been used
 * @param history what became of those before
 */
public record CheckpointPast(long highestId, CheckpointHistory history) {
    /** Of a job that is new to this leader. */
    public static CheckpointPast none(CheckpointPolicy policy) {
        return new CheckpointPast(0, new CheckpointHistory(policy.settings().tolerableFailures()));
    }
}
