package io.millrace.runtime.checkpoint;

import java.util.List;

/**
 * All state of one operator in one subtask. Immutable.
 *
 * @param operatorIndex in its vertex
 * @param parts in no order
 */
public record OperatorSnapshot(int operatorIndex, List<StatePart> parts) {
    public OperatorSnapshot {
        parts = List.copyOf(parts);
    }
}
