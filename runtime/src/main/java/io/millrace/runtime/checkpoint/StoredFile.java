package io.millrace.runtime.checkpoint;

/**
 * A file that a checkpoint wrote, closed and synced. Immutable.
 *
 * @param file as in {@link SegmentRef#file}
 * @param length in bytes
 */
public record StoredFile(String file, long length) {}
