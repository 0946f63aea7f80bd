package io.millrace.runtime.message;

/**
 * Where the subtasks of a vertex run. Immutable; the arrays are never written to.
 *
 * @param workers by subtask, an index into the deployment's worker list
 * @param attempt of all its subtasks
 */
public record Placement(int vertexId, int[] workers, int attempt) {}
