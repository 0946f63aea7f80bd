package io.millrace.api.sink;

import java.util.Objects;
import java.util.function.Function;

/**
 * A committable, and the checkpoint and subtask that it is of. Immutable.
 *
 * @param <CommT> what is to be committed
 */
public class CommittableWithLineage<CommT> implements CommittableMessage<CommT> {
    private final CommT committable;
    private final long checkpointId;
    private final int subtaskId;

    /**
     * @param checkpointId {@link Long#MAX_VALUE} at the end of input
     */
    public CommittableWithLineage(CommT committable, long checkpointId, int subtaskId) {
        this.committable = Objects.requireNonNull(committable, "The committable is null.");
        this.checkpointId = checkpointId;
        this.subtaskId = subtaskId;
    }

    public CommT getCommittable() {
        return committable;
    }

    @Override
    public int getSubtaskId() {
        return subtaskId;
    }

    @Override
    public long getCheckpointId() {
        return checkpointId;
    }

    /** Another committable of the same checkpoint and subtask. */
    public <NewCommT> CommittableWithLineage<NewCommT> map(Function<CommT, NewCommT> mapper) {
        return new CommittableWithLineage<>(mapper.apply(committable), checkpointId, subtaskId);
    }

    /** The same of another subtask. */
    public CommittableWithLineage<CommT> withSubtaskId(int subtaskId) {
        return new CommittableWithLineage<>(committable, checkpointId, subtaskId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommittableWithLineage<?> that
                && committable.equals(that.committable)
                && checkpointId == that.checkpointId
                && subtaskId == that.subtaskId;
    }

    @Override
    public int hashCode() {
        return Objects.hash(committable, checkpointId, subtaskId);
    }

    @Override
    public String toString() {
        return "CommittableWithLineage{committable="
                + committable
                + ", checkpointId="
                + checkpointId
                + ", subtaskId="
                + subtaskId
                + "}";
    }
}
