package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.message.FailureReport;

/**
 * What came of the checkpoint that somebody waits for.
 *
 * @param failure null if it is complete
 */
public record AwaitedCheckpoint(long checkpointId, FailureReport failure) {}
