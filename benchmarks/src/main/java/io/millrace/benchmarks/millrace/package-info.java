/**
 * The workloads on Millrace. Way in: {@code MillraceEmbedded} runs them in one process, {@code
 * MillraceCluster} on a coordinator here and workers in processes of their own.
 */
package io.millrace.benchmarks.millrace;
