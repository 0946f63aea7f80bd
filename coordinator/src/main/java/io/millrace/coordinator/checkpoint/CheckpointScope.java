package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.plan.JobGraph;

/**
 * Whose checkpoints they are.
 *
 * @param epoch of the leader that takes them
 * @param tasks of the job as it runs now
 */
record CheckpointScope(JobGraph graph, long epoch, JobTasks tasks) {}
