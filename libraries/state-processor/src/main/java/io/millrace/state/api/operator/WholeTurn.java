package io.millrace.state.api.operator;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.message.OperatorCommittables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes all that one operator holds, to stand alone. Confined. */
final class WholeTurn implements SnapshotTurn {
    private final long checkpointId;
    private final long timestampMs = System.currentTimeMillis();
    private final List<StatePart> parts = new ArrayList<>();
    private final List<FrozenState> frozen = new ArrayList<>();

    WholeTurn(long checkpointId) {
        this.checkpointId = checkpointId;
    }

    @Override
    public long checkpointId() {
        return checkpointId;
    }

    @Override
    public long timestampMs() {
        return timestampMs;
    }

    @Override
    public CheckpointKind kind() {
        return CheckpointKind.FULL;
    }

    @Override
    public void add(StatePart part) {
        parts.add(part);
    }

    @Override
    public void addLater(FrozenState later) {
        frozen.add(later);
    }

    @Override
    public void add(OperatorCommittables committables) {
        throw new IllegalStateException("no sink is bootstrapped");
    }

    List<StatePart> write(SegmentOutput out) throws IOException {
        try {
            for (FrozenState each : frozen) {
                parts.addAll(each.writeTo(out));
            }
        } finally {
            frozen.forEach(FrozenState::close);
        }
        return parts;
    }
}
