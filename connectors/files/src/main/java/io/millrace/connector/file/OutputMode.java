package io.millrace.connector.file;

/** What a file sink does with an output directory that has files already. */
public enum OutputMode {
    /** Adds files beside those that are there. */
    APPEND,
    /** Refuses the job before it runs, with {@code OUTPUT_EXISTS}. */
    FAIL_IF_EXISTS,
    /**
     * Replaces all files that are there when the job commits for the first time. Until then nothing
     * changes; a job that fails or is cancelled before changes nothing at all.
     */
    OVERWRITE,
    /** As {@link #OVERWRITE}, but only in the directories to which the job writes files. */
    OVERWRITE_PARTITIONS;

    boolean replaces() {
        return switch (this) {
            case APPEND, FAIL_IF_EXISTS -> false;
            case OVERWRITE, OVERWRITE_PARTITIONS -> true;
        };
    }
}
