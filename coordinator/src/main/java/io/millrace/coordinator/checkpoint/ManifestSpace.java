package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.StoredFile;

/**
 * How much of their state workers may leave to the manifest, so that they write no file. Pure.
 *
 * <p>A manifest holds what it needs itself: what an incremental checkpoint refers to of earlier
 * ones is copied on from theirs. So what is there already leaves less for what is new.
 */
final class ManifestSpace {
    /** Of all workers together: what a leader sends, keeps and writes at a time is little. */
    static final int MOST_BYTES = 1 << 20;

    private ManifestSpace() {}

    /**
     * For each worker.
     *
     * @param taskBytes what is allowed for each task
     * @param tasks of all workers
     * @param before what the next checkpoint may refer to; null if there is nothing
     */
    static int ofWorker(int taskBytes, int tasks, int workers, Manifest before) {
        long held =
                before == null
                        ? 0
                        : before.files().stream()
                                .filter(StoredFile::isInManifest)
                                .mapToLong(StoredFile::length)
                                .sum();
        long left = Math.max(0, MOST_BYTES - held);
        return (int) (Math.min((long) taskBytes * tasks, left) / Math.max(1, workers));
    }
}
