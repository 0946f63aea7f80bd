package io.millrace.batch.sort;

import java.nio.file.Path;

/**
 * A run on local disk. Immutable.
 *
 * @param rawBytes of all blocks before they were compressed
 * @param maxRawBytes of its blocks
 * @param maxStoredBytes of its compressed blocks
 */
record SpilledRun(
        Path file,
        long entries,
        long rawBytes,
        long fileBytes,
        int maxRawBytes,
        int maxStoredBytes) {}
