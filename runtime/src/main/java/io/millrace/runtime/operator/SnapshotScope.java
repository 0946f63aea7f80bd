package io.millrace.runtime.operator;

import io.millrace.api.checkpoint.KeyedStateCheckpointOutputStream;
import io.millrace.api.checkpoint.OperatorStateCheckpointOutputStream;
import io.millrace.api.checkpoint.StateSnapshotContext;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.KeyGroups;
import java.util.OptionalLong;

/** What a function or an operator of a program is told of a checkpoint. Confined to the task. */
final class SnapshotScope implements StateSnapshotContext {
    private final OperatorContext context;
    private final SnapshotTurn turn;
    private OperatorStateCheckpointOutputStream partitions; // null until first asked for
    private KeyedStateCheckpointOutputStream keyGroups; // null until first asked for

    SnapshotScope(OperatorContext context, SnapshotTurn turn) {
        this.context = context;
        this.turn = turn;
    }

    @Override
    public long getCheckpointId() {
        return turn.checkpointId();
    }

    @Override
    public long getCheckpointTimestamp() {
        return turn.timestampMs();
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return context.restoredCheckpointId();
    }

    @Override
    public OperatorStateCheckpointOutputStream getRawOperatorStateOutput() {
        if (partitions == null) {
            partitions = new OperatorStateCheckpointOutputStream();
        }
        return partitions;
    }

    @Override
    public KeyedStateCheckpointOutputStream getRawKeyedOperatorStateOutput() {
        if (context.runtimeContext().getKeyedStateStore() == null) {
            throw new IllegalStateException(
                    "operator '"
                            + context.name()
                            + "' has no keys, so it can save no raw state by key group. Use"
                            + " getRawOperatorStateOutput().");
        }
        if (keyGroups == null) {
            JobVertex vertex = context.scope().vertex();
            int parallelism = vertex.parallelism();
            keyGroups =
                    new KeyedStateCheckpointOutputStream(
                            KeyGroups.first(
                                    context.subtask(), parallelism, vertex.maxParallelism()),
                            KeyGroups.last(
                                    context.subtask(), parallelism, vertex.maxParallelism()));
        }
        return keyGroups;
    }

    /** Hands over the raw bytes that were written. */
    void finish() {
        if (partitions != null) {
            partitions.close();
            RawState.handPartitions(turn, partitions.partitions());
        }
        if (keyGroups != null) {
            keyGroups.close();
            RawState.handKeyGroups(turn, keyGroups.keyGroups());
        }
    }
}
