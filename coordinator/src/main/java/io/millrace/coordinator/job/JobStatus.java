package io.millrace.coordinator.job;

/**
 * Where one job stands, and how often something of it has changed. Confined to the coordinator's
 * thread.
 */
final class JobStatus {
    private JobState state = JobState.CREATED;
    private long changes;

    JobState state() {
        return state;
    }

    boolean is(JobState asked) {
        return state == asked;
    }

    /** Whether the job still wants its tasks to run. */
    boolean wantsTasks() {
        return state.wantsTasks();
    }

    /** Moves as {@link JobState} allows. */
    void become(JobState next) {
        state = state.become(next);
        changed();
    }

    /** Something is different now that people see. */
    void changed() {
        changes++;
    }

    /** Grows with every change. */
    long changes() {
        return changes;
    }
}
