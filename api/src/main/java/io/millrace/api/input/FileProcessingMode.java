package io.millrace.api.input;

/** How {@code readFile} looks at a path. */
public enum FileProcessingMode {
    /** Reads what is there and ends. */
    PROCESS_ONCE,

    /**
     * Looks again and again, and reads files that are new. A file that has changed is read again,
     * whole.
     */
    PROCESS_CONTINUOUSLY
}
