package io.millrace.connector.file;

/** What a file sink does with an output directory that has files already. */
public enum OutputMode {
    /** Adds files beside those that are there. */
    APPEND,
    /** Refuses the job before it runs, with {@code OUTPUT_EXISTS}. */
    FAIL_IF_EXISTS
}
