/**
 * Checkpoints as programs see them: what takes part in one, and how they are configured.
 *
 * <p>Way in: {@link io.millrace.api.checkpoint.CheckpointedFunction} for functions. The engine
 * calls functions on their task's thread; contexts are confined to the call that they are given to.
 */
package io.millrace.api.checkpoint;
