package io.millrace.coordinator;

/**
 * What becomes of jobs of stages when their coordinator dies. Immutable.
 *
 * @param enabled whether they go on from their finished stages
 * @param workerReturnMs how long the next coordinator waits for the workers that have the results
 */
public record StageRecovery(boolean enabled, long workerReturnMs) {}
