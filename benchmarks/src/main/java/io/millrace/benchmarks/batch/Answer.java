package io.millrace.benchmarks.batch;

/**
 * What a job came to. Immutable.
 *
 * @param checksum the same for each order of the same records
 */
record Answer(long count, long checksum) {}
