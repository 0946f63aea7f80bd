package io.millrace.coordinator.operation;

import io.millrace.runtime.checkpoint.SnapshotPurpose;

/** What an operation does. */
public enum OperationKind {
    /** Writes a savepoint; the job goes on. */
    SAVEPOINT(SnapshotPurpose.SAVEPOINT),
    /** Writes a savepoint, and then cancels the job. */
    CANCEL_WITH_SAVEPOINT(SnapshotPurpose.SAVEPOINT),
    /** Lets sources stand still, writes a savepoint, commits all output and ends the job. */
    STOP_WITH_SAVEPOINT(SnapshotPurpose.SUSPEND),
    /** The same after the end of all input: all windows and timers of event time fire before. */
    DRAIN_WITH_SAVEPOINT(SnapshotPurpose.DRAIN),
    /** Lets the job go on at another parallelism, from a checkpoint of its own. */
    RESCALE(SnapshotPurpose.CHECKPOINT),
    /** The same, after a savepoint has become whole, which is left whatever comes then. */
    RESCALE_WITH_SAVEPOINT(SnapshotPurpose.SAVEPOINT);

    private final SnapshotPurpose purpose;

    OperationKind(SnapshotPurpose purpose) {
        this.purpose = purpose;
    }

    /** What the barriers of its savepoint, or checkpoint, are for. */
    public SnapshotPurpose purpose() {
        return purpose;
    }

    /** Whether the job has another parallelism when it is done. */
    public boolean rescales() {
        return this == RESCALE || this == RESCALE_WITH_SAVEPOINT;
    }

    /** Whether the job has finished when it is done. */
    public boolean stops() {
        return purpose.stops();
    }
}
