/**
 * What a job's new attempts are given of a checkpoint. Way in: {@link
 * io.millrace.coordinator.checkpoint.StateAssignment}. Pure values. Design: {@code
 * docs/design/checkpoints.md}.
 */
package io.millrace.coordinator.checkpoint;
