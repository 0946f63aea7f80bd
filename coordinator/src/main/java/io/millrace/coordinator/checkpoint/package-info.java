/**
 * When a job's checkpoints are taken, whether they are complete, which are kept, and what new
 * attempts are given of them. Way in: {@link
 * io.millrace.coordinator.checkpoint.CheckpointCoordinator}; {@link
 * io.millrace.coordinator.checkpoint.StateAssignment} is the way back. Confined to the
 * coordinator's thread. Design: {@code docs/design/checkpoints.md}.
 */
package io.millrace.coordinator.checkpoint;
