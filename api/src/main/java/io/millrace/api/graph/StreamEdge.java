package io.millrace.api.graph;

/**
 * Records of {@code sourceId} that flow to {@code targetId}. Immutable.
 *
 * @param input index of the target's input: 0, or 1 for the second input of a two-input operator
 */
public record StreamEdge(int sourceId, int targetId, int input, Partitioning partitioning) {}
