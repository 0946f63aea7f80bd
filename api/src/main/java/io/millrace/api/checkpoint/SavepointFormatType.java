package io.millrace.api.checkpoint;

/** The form of a savepoint. */
public enum SavepointFormatType {
    /** The one that every state back end reads. */
    CANONICAL,
    /** That of the job's own state back end. */
    NATIVE;

    public static final SavepointFormatType DEFAULT = CANONICAL;
}
