package io.millrace.api.stream;

/**
 * How records are exchanged in batch mode. Without effect: both sides of an exchange run at the
 * same time, and records go through memory.
 */
public enum BatchShuffleMode {
    ALL_EXCHANGES_PIPELINED,
    ALL_EXCHANGES_BLOCKING,
    ALL_EXCHANGES_HYBRID_FULL,
    ALL_EXCHANGES_HYBRID_SELECTIVE
}
