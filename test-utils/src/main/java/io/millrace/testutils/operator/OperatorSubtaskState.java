package io.millrace.testutils.operator;

import io.millrace.runtime.checkpoint.OperatorRestore;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.operator.RestoredState;
import java.util.List;

/** What a harness's operator held at a snapshot, for another harness to start from. Immutable. */
public final class OperatorSubtaskState {
    private final long checkpointId;
    private final List<StatePart> parts;
    private final MemorySegments segments;

    OperatorSubtaskState(long checkpointId, List<StatePart> parts, MemorySegments segments) {
        this.checkpointId = checkpointId;
        this.parts = List.copyOf(parts);
        this.segments = segments;
    }

    /** Whether the operator held anything. */
    public boolean hasState() {
        return !parts.isEmpty();
    }

    /** For the one subtask of a harness. */
    RestoredState forHarness() {
        List<RestoredPart> all =
                parts.stream().map(part -> new RestoredPart(part, 0, 0, part.items())).toList();
        return new RestoredState(
                new TaskRestore(
                        OneOperator.VERTEX,
                        0,
                        checkpointId,
                        false,
                        List.of(new OperatorRestore(0, all)),
                        List.of()),
                segments);
    }

    @Override
    public String toString() {
        return "OperatorSubtaskState{checkpoint="
                + checkpointId
                + ", states="
                + parts.stream().map(part -> part.kind() + " " + part.name()).toList()
                + "}";
    }
}
