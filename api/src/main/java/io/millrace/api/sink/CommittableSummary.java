package io.millrace.api.sink;

import java.util.Objects;

/**
 * How many committables one subtask has for one checkpoint; comes before them. Immutable.
 *
 * @param <CommT> what is to be committed
 */
public class CommittableSummary<CommT> implements CommittableMessage<CommT> {
    private final int subtaskId;
    private final int numberOfSubtasks;
    private final long checkpointId;
    private final int numberOfCommittables;
    private final int numberOfFailedCommittables;

    /**
     * @param numberOfSubtasks that send a summary for this checkpoint
     * @param checkpointId {@link Long#MAX_VALUE} at the end of input
     */
    public CommittableSummary(
            int subtaskId,
            int numberOfSubtasks,
            long checkpointId,
            int numberOfCommittables,
            int numberOfFailedCommittables) {
        this.subtaskId = subtaskId;
        this.numberOfSubtasks = numberOfSubtasks;
        this.checkpointId = checkpointId;
        this.numberOfCommittables = numberOfCommittables;
        this.numberOfFailedCommittables = numberOfFailedCommittables;
    }

    /**
     * The older form.
     *
     * @param numberOfPendingCommittables has no effect
     * @deprecated use the one without pending committables
     */
    @Deprecated
    public CommittableSummary(
            int subtaskId,
            int numberOfSubtasks,
            long checkpointId,
            int numberOfCommittables,
            int numberOfPendingCommittables,
            int numberOfFailedCommittables) {
        this(
                subtaskId,
                numberOfSubtasks,
                checkpointId,
                numberOfCommittables,
                numberOfFailedCommittables);
    }

    @Override
    public int getSubtaskId() {
        return subtaskId;
    }

    /** How many subtasks send a summary for this checkpoint. */
    public int getNumberOfSubtasks() {
        return numberOfSubtasks;
    }

    @Override
    public long getCheckpointId() {
        return checkpointId;
    }

    /** How many committables follow. */
    public int getNumberOfCommittables() {
        return numberOfCommittables;
    }

    /**
     * Always 0: what is told of is either still to be committed, all of it, or committed.
     *
     * @deprecated says nothing
     */
    @Deprecated
    public int getNumberOfPendingCommittables() {
        return 0;
    }

    /** How many could never be committed; the job fails rather than go on without them. */
    public int getNumberOfFailedCommittables() {
        return numberOfFailedCommittables;
    }

    /** The same for another kind of committable. */
    public <NewCommT> CommittableSummary<NewCommT> map() {
        return new CommittableSummary<>(
                subtaskId,
                numberOfSubtasks,
                checkpointId,
                numberOfCommittables,
                numberOfFailedCommittables);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommittableSummary<?> that
                && subtaskId == that.subtaskId
                && numberOfSubtasks == that.numberOfSubtasks
                && checkpointId == that.checkpointId
                && numberOfCommittables == that.numberOfCommittables
                && numberOfFailedCommittables == that.numberOfFailedCommittables;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                subtaskId,
                numberOfSubtasks,
                checkpointId,
                numberOfCommittables,
                numberOfFailedCommittables);
    }

    @Override
    public String toString() {
        return "CommittableSummary{subtaskId="
                + subtaskId
                + ", numberOfSubtasks="
                + numberOfSubtasks
                + ", checkpointId="
                + checkpointId
                + ", numberOfCommittables="
                + numberOfCommittables
                + ", numberOfFailedCommittables="
                + numberOfFailedCommittables
                + "}";
    }
}
