package io.millrace.runtime.checkpoint;

/** What a checkpoint may share with those before it. */
public enum CheckpointKind {
    /** May refer to files of earlier checkpoints. */
    INCREMENTAL,
    /** Stands alone, in the form that every state back end reads. */
    FULL
}
