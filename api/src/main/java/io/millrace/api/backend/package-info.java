/**
 * Where state and checkpoints lie, as programs say it by classes: each stands for options, which
 * travel with the job. The engine's own back ends and storage are elsewhere.
 *
 * <p>Way in: {@code StreamExecutionEnvironment.setStateBackend} and {@code
 * CheckpointConfig.setCheckpointStorage}. Used by the thread that builds the program.
 */
package io.millrace.api.backend;
