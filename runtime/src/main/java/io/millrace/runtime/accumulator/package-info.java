/**
 * The accumulators of a task: kept by operator, told to the coordinator live with heartbeats and
 * whole when the task has finished. Way in: {@link
 * io.millrace.runtime.accumulator.TaskAccumulators}. Confined to the task, but for what is
 * published.
 */
package io.millrace.runtime.accumulator;
