package io.millrace.batch;

/**
 * The last thing that a subtask sends to each range.
 *
 * @param fingerprint of the ranges by which it has dealt its records
 */
record DealtEnd(long fingerprint) {}
