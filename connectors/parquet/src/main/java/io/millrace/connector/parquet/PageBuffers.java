package io.millrace.connector.parquet;

/**
 * What a column's pages are read and decompressed into, group after group, so that it is allocated
 * once. Confined to its task.
 */
final class PageBuffers {
    /** Compressed bytes of a chunk. */
    byte[] window = {};

    /** Bytes of one page. */
    byte[] page = {};
}
