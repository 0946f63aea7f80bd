package io.millrace.api.source;

/**
 * Marks an enumerator whose position may be taken in a batch job as well. Has no effect: a batch
 * job that loses its coordinator runs its program again, and takes no positions.
 */
public interface SupportsBatchSnapshot {}
