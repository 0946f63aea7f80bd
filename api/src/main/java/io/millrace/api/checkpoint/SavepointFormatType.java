package io.millrace.api.checkpoint;

/** The form of a savepoint. Every state back end reads both. */
public enum SavepointFormatType {
    /** Tables of Parquet, which other programs read as well. */
    CANONICAL,
    /** The files of a checkpoint, which are written sooner. */
    NATIVE;

    public static final SavepointFormatType DEFAULT = CANONICAL;
}
