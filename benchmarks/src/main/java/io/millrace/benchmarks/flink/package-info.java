/**
 * The workloads on Flink. Way in: {@code FlinkEmbedded} runs them in one process, {@code
 * FlinkOnCluster} on a job manager and task managers in processes of their own.
 */
package io.millrace.benchmarks.flink;
