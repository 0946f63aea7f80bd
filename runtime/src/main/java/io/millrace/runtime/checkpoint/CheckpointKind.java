package io.millrace.runtime.checkpoint;

/** What a checkpoint may share with those before it. */
public enum CheckpointKind {
    /** May refer to files of earlier checkpoints. */
    INCREMENTAL,
    /**
     * Stands alone, in the form that every state back end reads; nothing later is built on what was
     * before.
     */
    FULL,
    /**
     * Stands alone as well, and changes nothing for the job's own checkpoints before and after it.
     */
    SAVEPOINT;

    /** Whether it refers to no file of another checkpoint. */
    public boolean standsAlone() {
        return this != INCREMENTAL;
    }
}
