package io.millrace.runtime.checkpoint;

import java.util.List;

/**
 * What one operator of a new attempt is given. Immutable.
 *
 * @param operatorIndex in its vertex
 * @param parts all that concern the subtask, of all earlier subtasks
 */
public record OperatorRestore(int operatorIndex, List<RestoredPart> parts) {
    public OperatorRestore {
        parts = List.copyOf(parts);
    }
}
