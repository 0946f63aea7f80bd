package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Writes savepoints as tables while their job runs: each worker its share, side by side, then the
 * coordinator what workers have left to it, and last the manifest. Found by the service loader, as
 * what runs a job knows no form of files but that of checkpoints. Thread-safe.
 */
public interface SavepointTables {
    /** The one that this process has; empty if {@code millrace-savepoint} is not on its path. */
    static Optional<SavepointTables> ofEngine() {
        return ServiceLoader.load(SavepointTables.class, SavepointTables.class.getClassLoader())
                .findFirst();
    }

    /**
     * Begins the tables of one worker.
     *
     * @param directory of the savepoint
     * @param pace told by each thread that writes of what it does
     */
    WorkerTables begin(Path directory, SnapshotPace pace) throws IOException;

    /**
     * Removes what a worker has written; what cannot be removed is logged.
     *
     * @param written that {@link WorkerTables#finish} has returned
     */
    void remove(byte[] written, Path directory);

    /**
     * Ends a savepoint of nothing, aside, so that the first {@link #finish} finds its code loaded:
     * half a second that all would wait for. Fails silently.
     */
    default void prepare() {}

    /**
     * Makes a savepoint whole: writes state that is still in the manifest, looks that all files are
     * there, and writes the manifest of the tables aside, to be renamed.
     *
     * @param whole with {@link StoredFile#content} of each worker that has written something: what
     *     {@link WorkerTables#finish} has returned, or segments
     * @return bytes of all tables
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} if a file is not there any more;
     *     {@code STORAGE_FAILED}, {@code PERMISSION_DENIED}: there is no such savepoint
     */
    long finish(Manifest whole, Path directory);
}
