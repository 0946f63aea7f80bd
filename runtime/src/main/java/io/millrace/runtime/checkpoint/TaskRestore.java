package io.millrace.runtime.checkpoint;

import io.millrace.runtime.plan.AttemptId;
import java.util.List;
import java.util.stream.Stream;

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

    public boolean isOf(AttemptId attempt) {
        return attempt.vertexId() == vertexId && attempt.subtask() == subtask;
    }

    /** All state that the attempt is given. */
    public Stream<StatePart> parts() {
        return Stream.concat(
                        operators.stream().flatMap(operator -> operator.parts().stream()),
                        channels.stream())
                .map(RestoredPart::part);
    }
}
