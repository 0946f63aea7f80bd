/**
 * What checkpoints and recovery cost: a job that keeps a gigabyte of state, on Millrace and on
 * Flink, watched while checkpoints are taken and workers are killed.
 *
 * <p>Way in: {@link io.millrace.benchmarks.updates.CheckpointMeasures}, the command. It runs each
 * engine in processes of their own, which leave their {@link io.millrace.benchmarks.updates.Beats}
 * in files and tell of checkpoints on their output.
 */
package io.millrace.benchmarks.updates;
