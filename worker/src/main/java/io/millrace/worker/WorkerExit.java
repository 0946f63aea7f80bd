package io.millrace.worker;

/**
 * Why a worker ended, with the exit code of its process. The table is in {@code
 * docs/design/worker.md}.
 */
public enum WorkerExit {
    /** The coordinator, or the process's owner, asked for it. */
    SHUT_DOWN(0),
    /**
     * The coordinator does not want this worker: it counts as lost, or is of another application.
     */
    REJECTED(20),
    /** Nothing was heard of the coordinator for the time-out. */
    COORDINATOR_LOST(21),
    /** The coordinator could not be reached, or did not answer the registration in time. */
    NOT_REGISTERED(22),
    /** User code did not end when its tasks were cancelled; the process must be killed. */
    TASKS_STUCK(23),
    /** An engine thread died of an error: a defect, or memory that ran out. */
    DEFECT(70);

    private final int code;

    WorkerExit(int code) {
        this.code = code;
    }

    /** The exit code of the process. */
    public int code() {
        return code;
    }
}
