package io.millrace.runtime.checkpoint;

import java.util.List;

/**
 * What a new attempt is given of a checkpoint. Immutable.
 *
 * @param checkpointId that is restored
 * @param finished the task was through: it opens nothing and only ends its outputs
 * @param operators those with state only
 * @param channels of the kind {@code CHANNEL}: to be processed before anything else of those
 *     channels
 */
public record TaskRestore(
        int vertexId,
        int subtask,
        long checkpointId,
        boolean finished,
        List<OperatorRestore> operators,
        List<RestoredPart> channels) {
    public TaskRestore {
        operators = List.copyOf(operators);
        channels = List.copyOf(channels);
    }
}
