/**
 * One job from its acceptance to its result. Way in: {@link io.millrace.coordinator.job.JobMaster},
 * a router over the parts that {@code JobParts} lists. What to do about a failure is decided in
 * {@code failover}, where tasks run in {@code schedule}, who gets splits in {@code enumerate}.
 * Confined to the coordinator's thread.
 */
package io.millrace.coordinator.job;
