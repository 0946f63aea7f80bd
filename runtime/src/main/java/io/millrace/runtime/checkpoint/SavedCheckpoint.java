package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Function;

/**
 * A checkpoint that somebody names by its path, whether its job runs or not. Immutable.
 *
 * @param directory of its job
 */
public record SavedCheckpoint(CheckpointDirectory directory, long epoch, long checkpointId) {
    private static final int MAX_LOOKS = 5;

    /**
     * @param path of the directory {@code <root>/<job>/<epoch>/<checkpoint>} or of the manifest in
     *     it
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND} if that is no such path
     */
    public static SavedCheckpoint at(Path path) {
        boolean namesManifest = path.getName().equals(CheckpointDirectory.MANIFEST);
        Path checkpoint = namesManifest ? path.getParent() : path;
        Path epoch = checkpoint == null ? null : checkpoint.getParent();
        Path job = epoch == null ? null : epoch.getParent();
        long checkpointNumber = job == null ? -1 : CheckpointDirectory.number(checkpoint.getName());
        long epochNumber = job == null ? -1 : CheckpointDirectory.number(epoch.getName());
        if (checkpointNumber < 0 || epochNumber < 0 || !CheckpointDirectory.isJob(job.getName())) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_NOT_FOUND,
                    path
                            + " is not the path of a checkpoint, which ends in <job"
                            + " id>/<epoch>/<checkpoint id>, nor that of a whole savepoint."
                            + " 'millrace savepoint list "
                            + path
                            + "' lists both below a directory.");
        }
        Path root = job.getParent() == null ? new Path(Path.CUR_DIR) : job.getParent();
        CheckpointDirectory directory = CheckpointDirectory.of(root, new JobId(job.getName()));
        return new SavedCheckpoint(directory, epochNumber, checkpointNumber);
    }

    /**
     * The checkpoint that a job is to start from.
     *
     * @param path as for {@link #at}; of a savepoint; or of a job's directory for its newest
     *     complete one
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND} if there is none
     */
    public static SavedCheckpoint find(Path path) {
        if (!CheckpointDirectory.isJob(path.getName())) {
            boolean isPlain =
                    path.getName().equals(CheckpointDirectory.MANIFEST)
                            || CheckpointDirectory.number(path.getName()) >= 0;
            return isPlain ? at(path) : SavepointDirectory.find(path).orElseGet(() -> at(path));
        }
        return JobCheckpoints.below(path)
                .get(0)
                .newest()
                .orElseThrow(
                        () ->
                                new MillraceException(
                                        ErrorCode.CHECKPOINT_NOT_FOUND,
                                        "there is no complete checkpoint below "
                                                + path
                                                + ". 'millrace checkpoint list "
                                                + path
                                                + "' shows what there is."))
                .checkpoint();
    }

    /**
     * Does something with the checkpoint of {@link #find}. The newest one of a job that runs may be
     * deleted meanwhile; then it is done with the newest one of now.
     *
     * @param use does not change anything if it throws
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND}, and what {@code use} throws
     */
    public static <T> T with(Path path, Function<SavedCheckpoint, T> use) {
        int looks = CheckpointDirectory.isJob(path.getName()) ? MAX_LOOKS : 1;
        for (int look = 1; ; look++) {
            SavedCheckpoint found = find(path);
            try {
                return use.apply(found);
            } catch (MillraceException e) {
                if (e.code() != ErrorCode.CHECKPOINT_NOT_FOUND || look == looks) {
                    throw e;
                }
            }
        }
    }

    /** The directory of the checkpoint. */
    public Path path() {
        return directory.checkpoint(epoch, checkpointId);
    }

    /** Where its manifest lies. */
    public Path manifest() {
        return directory.manifest(epoch, checkpointId);
    }

    /**
     * Reads the manifest.
     *
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND} if there is none that is complete;
     *     {@code CHECKPOINT_FILE_CORRUPT}, {@code CHECKPOINT_INCOMPATIBLE}; {@code
     *     PERMISSION_DENIED} or {@code STORAGE_FAILED} if it cannot be read
     */
    public Manifest read() {
        try {
            byte[] bytes = StoredManifest.bytes(directory.files(), manifest());
            return StoredManifest.decode(bytes, manifest(), directory.jobId(), epoch, checkpointId);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw notFound(e);
        } catch (IOException e) {
            throw FileErrors.of(e, manifest(), "read the checkpoint");
        }
    }

    /**
     * Reads the manifest for a job that starts from it: files are named so that the manifests of
     * every job can name them.
     *
     * @throws MillraceException as {@link #read}
     */
    public Manifest readForAnyJob() {
        return read().withNames(directory::absolute);
    }

    private MillraceException notFound(Exception cause) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_NOT_FOUND,
                "there is no checkpoint at "
                        + path()
                        + ". 'millrace checkpoint list "
                        + directory.root()
                        + "' lists those that there are.",
                cause);
    }
}
