package io.millrace.runtime.plan;

import io.millrace.api.graph.Partitioning;

/**
 * Records that move from one vertex to another through an exchange. Immutable.
 *
 * @param id unique in its job graph
 * @param sourceOperator index in the source vertex's operator list
 * @param sourceTag which side output of it; null for the main output
 * @param targetInput index of the target's input
 * @param partitioning the {@code Partitioning} by Java serialization
 * @param stored whether records are kept until the source has finished, and are read then: the two
 *     vertices are of different stages
 */
public record JobEdge(
        int id,
        int sourceVertex,
        int sourceOperator,
        String sourceTag,
        int targetVertex,
        int targetInput,
        Partitioning.Kind kind,
        byte[] partitioning,
        boolean stored) {

    /** Of records that move while both ends run. */
    public JobEdge(
            int id,
            int sourceVertex,
            int sourceOperator,
            String sourceTag,
            int targetVertex,
            int targetInput,
            Partitioning.Kind kind,
            byte[] partitioning) {
        this(
                id,
                sourceVertex,
                sourceOperator,
                sourceTag,
                targetVertex,
                targetInput,
                kind,
                partitioning,
                false);
    }
}
