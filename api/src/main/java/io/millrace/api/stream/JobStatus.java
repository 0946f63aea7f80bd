package io.millrace.api.stream;

/** Where a job stands. */
public enum JobStatus {
    INITIALIZING(false),
    CREATED(false),
    RUNNING(false),
    FAILING(false),
    FAILED(true),
    CANCELLING(false),
    CANCELED(true),
    FINISHED(true),
    RESTARTING(false),
    SUSPENDED(false),
    RECONCILING(false);

    private final boolean globallyTerminal;

    JobStatus(boolean globallyTerminal) {
        this.globallyTerminal = globallyTerminal;
    }

    /** The job has ended for good. */
    public boolean isGloballyTerminalState() {
        return globallyTerminal;
    }

    /** The job has ended here; another coordinator may go on with a suspended one. */
    public boolean isTerminalState() {
        return globallyTerminal || this == SUSPENDED;
    }
}
