package io.millrace.api.checkpoint;

/** What becomes of a job's checkpoints when it ends. One that finishes needs them no more. */
public enum ExternalizedCheckpointRetention {
    /** Kept if the job fails, deleted if it is cancelled. */
    DELETE_ON_CANCELLATION,
    /** Kept if the job fails or is cancelled. */
    RETAIN_ON_CANCELLATION,
    /** Deleted, however the job ends. */
    NO_EXTERNALIZED_CHECKPOINTS
}
