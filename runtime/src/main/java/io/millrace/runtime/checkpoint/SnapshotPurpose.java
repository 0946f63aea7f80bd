package io.millrace.runtime.checkpoint;

/** What a barrier is for, and what a task does behind its cut. */
public enum SnapshotPurpose {
    /** A checkpoint of the job's own: the task goes on. */
    CHECKPOINT(false, false),
    /** A savepoint: records are never overtaken, and the task goes on. */
    SAVEPOINT(true, false),
    /** A savepoint behind which the task stands still until it is ended or may go on. */
    SUSPEND(true, true),
    /** A savepoint after the end of all input, which sources bring about when they hear of it. */
    DRAIN(true, true);

    private final boolean savepoint;
    private final boolean stops;

    SnapshotPurpose(boolean savepoint, boolean stops) {
        this.savepoint = savepoint;
        this.stops = stops;
    }

    /** Whether it goes to a directory of its own. */
    public boolean isSavepoint() {
        return savepoint;
    }

    /** Whether the job ends with it. */
    public boolean stops() {
        return stops;
    }
}
