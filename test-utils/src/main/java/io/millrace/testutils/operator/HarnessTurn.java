package io.millrace.testutils.operator;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.message.OperatorCommittables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes what one operator holds; what is frozen is written at the end. Committables of sinks are
 * let go: a harness commits nothing. Confined to the test.
 */
final class HarnessTurn implements SnapshotTurn {
    private final long checkpointId;
    private final long timestampMs;
    private final List<StatePart> parts = new ArrayList<>();
    private final List<FrozenState> frozen = new ArrayList<>();

    HarnessTurn(long checkpointId, long timestampMs) {
        this.checkpointId = checkpointId;
        this.timestampMs = timestampMs;
    }

    @Override
    public long checkpointId() {
        return checkpointId;
    }

    @Override
    public long timestampMs() {
        return timestampMs;
    }

    /** Stands alone, so that it can be kept for as long as a test likes. */
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
    public void add(OperatorCommittables committables) {}

    OperatorSubtaskState write() throws IOException {
        MemorySegments segments = new MemorySegments();
        try {
            for (FrozenState each : frozen) {
                parts.addAll(each.writeTo(segments));
            }
        } finally {
            frozen.forEach(FrozenState::close);
        }
        return new OperatorSubtaskState(checkpointId, parts, segments);
    }
}
