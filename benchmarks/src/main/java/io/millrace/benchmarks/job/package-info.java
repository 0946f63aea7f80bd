/**
 * What the programs of all engines share: the records, the work on them, how a result is summed up,
 * and the loop of a process that runs one workload again and again. Way in: {@link
 * io.millrace.benchmarks.job.Rounds}. Uses no engine, so that nobody's class path has another's.
 */
package io.millrace.benchmarks.job;
