package io.millrace.api.checkpoint;

/** Whose the files are that a job is started from. */
public enum RecoveryClaimMode {
    /** The job's: it deletes them when it needs them no more. */
    CLAIM,
    /** Not the job's: its first checkpoint stands alone, and it never deletes them. */
    NO_CLAIM,
    /**
     * Not the job's, though its checkpoints may need them.
     *
     * @deprecated {@link #NO_CLAIM} leaves the files free after the first checkpoint
     */
    @Deprecated
    LEGACY;

    public static final RecoveryClaimMode DEFAULT = NO_CLAIM;
}
