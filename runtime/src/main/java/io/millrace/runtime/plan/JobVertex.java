package io.millrace.runtime.plan;

import java.util.List;

/**
 * A chain of operators that runs as one task per subtask. Immutable.
 *
 * @param id the node id of the first operator
 * @param operators in an order in which each comes before those it is chained to; the first one
 *     reads the input edges, or is a source
 */
public record JobVertex(
        int id,
        String name,
        int parallelism,
        int maxParallelism,
        String slotSharingGroup,
        List<ChainedOperator> operators) {

    public JobVertex {
        operators = List.copyOf(operators);
    }
}
