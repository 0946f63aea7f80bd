/**
 * Checkpoints as values, and the way of a task's state into files and back.
 *
 * <p>Way in: {@link io.millrace.runtime.checkpoint.TaskSnapshot} is what a checkpoint has of a
 * task, {@link io.millrace.runtime.checkpoint.TaskRestore} what a new attempt is given of it,
 * {@link io.millrace.runtime.checkpoint.FrozenState} what lies between the two on its way to a
 * file. Threads: values are immutable; the rest says who may call. Design: {@code
 * docs/design/checkpoints.md}.
 */
package io.millrace.runtime.checkpoint;
