/**
 * What to do about a failure: which part of the job starts again, after how long, or whether the
 * job ends. Way in: {@link io.millrace.coordinator.failover.FailoverDecision}, {@link
 * io.millrace.coordinator.failover.PipelinedRegions}. Pure functions of values; any thread.
 * Decisions read an error's code and its advice, never class names or message text.
 */
package io.millrace.coordinator.failover;
