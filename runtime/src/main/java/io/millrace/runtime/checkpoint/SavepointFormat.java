package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import java.util.Collection;

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

    /**
     * Removes a savepoint that a job has claimed and needs no more.
     *
     * @param roots directories of many jobs' checkpoints whose manifests may name files of it; that
     *     in which it lies is looked at anyway
     * @throws MillraceException {@code NOT_PERMITTED} if another checkpoint names files of it,
     *     {@code CHECKPOINT_FILE_CORRUPT} if one cannot be read, so that nobody knows what that one
     *     needs; of the file system. Only in the last case something may be removed
     */
    void release(Path path, Collection<Path> roots);

    /** Whether a file of a segment, with {@link #SIGN} in its name, is one of this form. */
    boolean holds(String file);

    /** Reads segments of such files, as checkpoints have them; the same one each time. */
    SegmentSource segments();
}
