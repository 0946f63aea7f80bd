package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.message.OperatorCommittables;
import java.util.ArrayList;
import java.util.List;

/** Takes what one operator hands over at a barrier. Confined to the task. */
final class OperatorTurn implements SnapshotTurn {
    private final Barrier barrier;
    private final List<StatePart> parts = new ArrayList<>();
    private final List<FrozenState> frozen = new ArrayList<>();
    private final List<OperatorCommittables> committables = new ArrayList<>();

    OperatorTurn(Barrier barrier) {
        this.barrier = barrier;
    }

    @Override
    public long checkpointId() {
        return barrier.checkpointId();
    }

    @Override
    public long timestampMs() {
        return barrier.timestampMs();
    }

    @Override
    public CheckpointKind kind() {
        return barrier.checkpointKind();
    }

    @Override
    public void add(StatePart part) {
        parts.add(part);
    }

    @Override
    public void addLater(FrozenState state) {
        frozen.add(state);
    }

    @Override
    public void add(OperatorCommittables prepared) {
        committables.add(prepared);
    }

    boolean hasState() {
        return !parts.isEmpty() || !frozen.isEmpty();
    }

    TaskCut.OperatorCut cut(int operatorIndex) {
        return new TaskCut.OperatorCut(operatorIndex, parts, frozen);
    }

    List<OperatorCommittables> committables() {
        return committables;
    }

    /** Lets go of what was frozen: nobody takes it. */
    void drop() {
        frozen.forEach(FrozenState::close);
    }
}
