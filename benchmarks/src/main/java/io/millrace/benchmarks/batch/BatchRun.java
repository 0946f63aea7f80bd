package io.millrace.benchmarks.batch;

/**
 * What one job took. Immutable.
 *
 * @param cpuMs of its process, from its start
 * @param peakMemoryKb that was resident
 * @param peakDiskBytes of the files that it had for itself, as often as one looked
 */
record BatchRun(long wallMs, long cpuMs, long peakMemoryKb, long peakDiskBytes, Answer answer) {}
