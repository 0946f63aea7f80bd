package io.millrace.runtime.task;

/**
 * One of the edges that an input unites: its channels stand together in the gate. Immutable.
 *
 * @param producers the subtask at the other end of each channel; not changed
 */
record InputEdge(int edgeId, int sourceVertex, int[] producers) {}
