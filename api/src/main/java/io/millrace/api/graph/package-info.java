/**
 * The program as data: a {@link io.millrace.api.graph.StreamGraph} of operator specs, and the
 * {@link io.millrace.api.graph.JobExecutor} that takes it. Written by {@code stream}, read by the
 * runtime's planner. Immutable values; any thread.
 */
package io.millrace.api.graph;
