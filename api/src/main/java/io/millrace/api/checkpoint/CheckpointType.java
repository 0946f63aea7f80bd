package io.millrace.api.checkpoint;

/** Which kind of checkpoint is asked for. */
public enum CheckpointType {
    /** As configured. */
    CONFIGURED,
    /** Stands alone. */
    FULL,
    /** May share files with those before it. */
    INCREMENTAL;

    public static final CheckpointType DEFAULT = CONFIGURED;
}
