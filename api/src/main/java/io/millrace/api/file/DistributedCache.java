package io.millrace.api.file;

import java.io.File;
import java.util.function.Function;

/**
 * The files that a program registered, as copies on the machine of the task. Thread-safe.
 *
 * <p>Each worker process fetches a file once, when the first of its tasks asks for it; the copy is
 * removed when the job has ended.
 */
public class DistributedCache {
    private final Function<String, File> files;

    /**
     * @param files gives the copy of a name, or throws what says why there is none
     */
    public DistributedCache(Function<String, File> files) {
        this.files = files;
    }

    /**
     * The copy of a registered file or directory; waits until it has been fetched. Not to be
     * changed: other tasks read the same.
     *
     * @throws io.millrace.api.error.MillraceException {@code PATH_NOT_FOUND} if nothing is
     *     registered under the name or the path does not exist, {@code STORAGE_FAILED} if it cannot
     *     be read
     */
    public File getFile(String name) {
        return files.apply(name);
    }

    /** What was registered under a name, as a program sees it before it is executed. Immutable. */
    public static class DistributedCacheEntry {
        public final String filePath;
        public final Boolean isExecutable;

        public DistributedCacheEntry(String filePath, Boolean isExecutable) {
            this.filePath = filePath;
            this.isExecutable = isExecutable;
        }
    }
}
