/**
 * Whole jobs on Millrace and on Flink in one run, and the ratio between them. Way in: {@code
 * Benchmarks.main}, which starts each program in processes of its own. Results: {@code
 * docs/benchmarks.md}.
 */
package io.millrace.benchmarks;
