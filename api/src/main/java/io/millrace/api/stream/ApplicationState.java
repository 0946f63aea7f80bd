package io.millrace.api.stream;

/** Where an application stands. */
public enum ApplicationState {
    CREATED(false),
    RUNNING(false),
    FINISHED(true),
    FAILING(false),
    FAILED(true),
    CANCELING(false),
    CANCELED(true);

    private final boolean terminal;

    ApplicationState(boolean terminal) {
        this.terminal = terminal;
    }

    /** The application has ended. */
    public boolean isTerminalState() {
        return terminal;
    }

    /**
     * The state of an application whose only job has this status.
     *
     * @throws IllegalArgumentException for a job that is suspended or being reconciled
     */
    public static ApplicationState fromJobStatus(JobStatus jobStatus) {
        return switch (jobStatus) {
            case INITIALIZING, CREATED -> CREATED;
            case RUNNING, RESTARTING -> RUNNING;
            case FAILING -> FAILING;
            case FAILED -> FAILED;
            case CANCELLING -> CANCELING;
            case CANCELED -> CANCELED;
            case FINISHED -> FINISHED;
            case SUSPENDED, RECONCILING ->
                    throw new IllegalArgumentException(
                            "An application has no state for a job that is " + jobStatus + ".");
        };
    }
}
