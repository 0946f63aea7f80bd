package io.millrace.batch.sort;

import java.nio.file.Path;

/**
 * A sorted run on local disk. Immutable.
 *
 * @param maxRawBytes of its blocks
 * @param maxStoredBytes of its compressed blocks
 */
record SpilledRun(Path file, long entries, long fileBytes, int maxRawBytes, int maxStoredBytes) {}
