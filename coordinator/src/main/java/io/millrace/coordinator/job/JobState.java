package io.millrace.coordinator.job;

import io.millrace.coordinator.JobResult;

/**
 * Where a job stands.
 *
 * <pre>
 * CREATED             → WAITING_FOR_WORKERS, COMMITTING (taken over), CANCELLING
 * WAITING_FOR_WORKERS → RUNNING, CANCELLING
 * RUNNING             → RESTARTING, COMMITTING, CANCELLING
 * RESTARTING          → RUNNING, CANCELLING
 * COMMITTING          → FINISHED, FAILED
 * CANCELLING          → CANCELED, FAILED
 * </pre>
 *
 * <p>{@code CANCELLING} means that the tasks are being ended and the outcome is known: cancelled or
 * failed. {@code COMMITTING} cannot be cancelled: some of the output may be visible already.
 */
public enum JobState {
    CREATED,
    WAITING_FOR_WORKERS,
    RUNNING,
    RESTARTING,
    COMMITTING,
    CANCELLING,
    FINISHED,
    FAILED,
    CANCELED;

    public boolean isTerminal() {
        return this == FINISHED || this == FAILED || this == CANCELED;
    }

    /** The last state of a job that ended so. */
    public static JobState of(JobResult.Outcome outcome) {
        return switch (outcome) {
            case FINISHED -> FINISHED;
            case FAILED -> FAILED;
            case CANCELED -> CANCELED;
        };
    }

    /** Whether the job still wants its tasks to run. */
    boolean wantsTasks() {
        return this == WAITING_FOR_WORKERS || this == RUNNING || this == RESTARTING;
    }

    boolean mayBecome(JobState next) {
        return switch (this) {
            case CREATED -> next == WAITING_FOR_WORKERS || next == COMMITTING || next == CANCELLING;
            case WAITING_FOR_WORKERS -> next == RUNNING || next == CANCELLING;
            case RUNNING -> next == RESTARTING || next == COMMITTING || next == CANCELLING;
            case RESTARTING -> next == RUNNING || next == CANCELLING;
            case COMMITTING -> next == FINISHED || next == FAILED;
            case CANCELLING -> next == CANCELED || next == FAILED;
            case FINISHED, FAILED, CANCELED -> false;
        };
    }

    /** The only way to another state. */
    JobState become(JobState next) {
        if (!mayBecome(next)) {
            throw new IllegalStateException("a job cannot go from " + this + " to " + next);
        }
        return next;
    }
}
