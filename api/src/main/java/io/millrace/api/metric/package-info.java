/**
 * Metrics of user functions: counters, gauges, meters and histograms in groups, and what reporters
 * are told of them. Way in: {@link io.millrace.api.function.RuntimeContext#getMetricGroup}.
 *
 * <p>Threads: a task writes its own metrics; reporters read them from a thread of their own at any
 * time.
 */
package io.millrace.api.metric;
