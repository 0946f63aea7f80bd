package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;

/**
 * A form of savepoints other than the files of a checkpoint. Found by the service loader, so that
 * who starts a job or reads its state need not know the form. Thread-safe.
 */
public interface SavepointFormat {
    /** In the name of each file of a segment, behind its path. */
    char SIGN = '#';

    /**
     * Whether a savepoint of this form is there.
     *
     * @throws MillraceException of the file system
     */
    boolean isAt(Path path);

    /**
     * The savepoint as a checkpoint.
     *
     * @return its files are named so that {@link #holds} is true, for manifests of every job
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}, {@code CHECKPOINT_INCOMPATIBLE};
     *     of the file system
     */
    Manifest read(Path path);

    /** Whether a file of a segment, with {@link #SIGN} in its name, is one of this form. */
    boolean holds(String file);

    /** Reads segments of such files, as checkpoints have them; the same one each time. */
    SegmentSource segments();
}
