package io.millrace.api.graph;

import io.millrace.api.function.OutputTag;

/**
 * Records of {@code sourceId} that flow to {@code targetId}. Immutable.
 *
 * @param input index of the target's input: 0, or 1 for the second input of a two-input operator
 * @param sideOutput which side output of the source; null for its main output
 */
public record StreamEdge(
        int sourceId, int targetId, int input, OutputTag<?> sideOutput, Partitioning partitioning) {
    /** An edge of the main output. */
    public StreamEdge(int sourceId, int targetId, int input, Partitioning partitioning) {
        this(sourceId, targetId, input, null, partitioning);
    }
}
