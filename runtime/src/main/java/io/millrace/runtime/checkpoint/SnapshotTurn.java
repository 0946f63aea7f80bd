package io.millrace.runtime.checkpoint;

import io.millrace.runtime.message.OperatorCommittables;

/** Takes what one operator holds at a barrier. Confined to the task, valid during the call. */
public interface SnapshotTurn {
    long checkpointId();

    /** When the checkpoint was triggered, milliseconds since the epoch. */
    long timestampMs();

    CheckpointKind kind();

    /** State that is so small that it is bytes already. */
    void add(StatePart part);

    /** State that is frozen now and written later. */
    void addLater(FrozenState frozen);

    /** What a sink prepared; to be committed when the checkpoint is complete. */
    void add(OperatorCommittables committables);
}
