/**
 * The metrics of a worker's tasks: groups that user functions register in, a registry of what there
 * is, and the reporters that are told of it. Way in: {@link
 * io.millrace.runtime.metrics.MetricRegistry}.
 *
 * <p>Threads: tasks register and count; one thread of the registry updates views and calls all
 * reporters, so that none of them ever holds up a task. Design: {@code docs/design/metrics.md}.
 */
package io.millrace.runtime.metrics;
