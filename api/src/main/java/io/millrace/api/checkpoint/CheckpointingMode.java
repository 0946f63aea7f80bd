package io.millrace.api.checkpoint;

/** What state means after a restore. */
public enum CheckpointingMode {
    /** Each record has had its effect on state exactly once. Barriers are aligned. */
    EXACTLY_ONCE,
    /** Each record has had its effect at least once. Barriers are not waited for. */
    AT_LEAST_ONCE;

    /**
     * The same: there is one enum here.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static CheckpointingMode convertToCheckpointingMode(CheckpointingMode mode) {
        return mode;
    }

    /**
     * The same: there is one enum here.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static CheckpointingMode convertFromCheckpointingMode(CheckpointingMode mode) {
        return mode;
    }
}
