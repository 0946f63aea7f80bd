package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one savepoint: a checkpoint that stands alone, below a root of its own. Names in
 * it are relative, so it may be moved and renamed. It exists if and only if its manifest is at its
 * place. Stateless; for a storage thread, but for {@link #of}.
 *
 * <pre>
 * &lt;target&gt;/savepoint-&lt;6 digits of the job&gt;-&lt;12 random digits&gt;
 *     /&lt;job id&gt;/&lt;epoch&gt;/&lt;checkpoint id&gt;/&lt;worker&gt;.seg
 *                                     /manifest      last, by renaming
 * </pre>
 *
 * <p>It is its user's: who made it deletes it only if it has failed.
 */
public final class SavepointDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(SavepointDirectory.class);
    private static final String PREFIX = "savepoint-";
    private static final int JOB_DIGITS = 6;
    private static final int MAX_NAMES = 10;
    private static final String ASIDE = ".new";

    private SavepointDirectory() {}

    /** The layout below a savepoint's path. */
    public static CheckpointDirectory of(String path, JobId jobId) {
        return CheckpointDirectory.of(new Path(path), jobId);
    }

    /**
     * Chooses a new savepoint's directory, and checks that it can be made.
     *
     * @param target that it is to lie in; made if it is not there
     * @param random gives 12 digits, other ones each time
     * @return its full path; nothing is there
     * @throws MillraceException {@code PERMISSION_DENIED}, {@code STORAGE_FAILED}, {@code
     *     FILE_SYSTEM_UNKNOWN}; {@code INVALID_OPTION} if the target is a file
     */
    public static Path choose(Path target, JobId jobId, Supplier<String> random) {
        try {
            FileSystem files = target.getFileSystem();
            Path qualified = target.makeQualified(files);
            if (isFile(files, qualified)) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION,
                        "savepoints are to go to "
                                + qualified
                                + ", which is a file. Name a directory.");
            }
            files.mkdirs(qualified);
            files.requireWritable(qualified);
            for (int i = 0; i < MAX_NAMES; i++) {
                String digits = jobId.hex().substring(0, JOB_DIGITS);
                Path chosen = new Path(qualified, PREFIX + digits + "-" + random.get());
                if (!files.exists(chosen)) {
                    return chosen;
                }
            }
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    MAX_NAMES
                            + " names that were drawn for a savepoint are taken in "
                            + qualified
                            + ". What is there is not touched; name another directory.");
        } catch (IOException e) {
            throw FileErrors.of(e, target, "prepare the directory of a savepoint");
        }
    }

    private static boolean isFile(FileSystem files, Path path) throws IOException {
        try {
            return !files.getFileStatus(path).isDir();
        } catch (FileNotFoundException | NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Makes a savepoint whole: its manifest is written aside and renamed, when all files that it
     * names are there.
     *
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} if a file is not there any more;
     *     {@code STORAGE_FAILED}, {@code PERMISSION_DENIED}: there is no such savepoint
     */
    public static void store(String path, Manifest manifest) {
        CheckpointDirectory directory = of(path, new JobId(manifest.jobId()));
        FileSystem files = directory.files();
        Path place = directory.manifest(manifest.epoch(), manifest.checkpointId());
        Path aside = place.suffix(ASIDE);
        byte[] bytes = ManifestCodec.encode(manifest);
        try {
            for (StoredFile file : manifest.files()) {
                requireWhole(files, directory, file);
            }
            try (FSDataOutputStream out = files.createDurable(aside)) {
                out.write(bytes, 0, bytes.length / 2);
                FaultPoint.SAVEPOINT_MANIFEST_HALF_WRITTEN.hit();
                out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
            }
            FaultPoint.SAVEPOINT_BEFORE_RENAME.hit();
            if (!files.rename(aside, place)) {
                throw new IOException(aside + " cannot be renamed to " + place.getName());
            }
        } catch (IOException e) {
            throw FileErrors.of(e, place, "store the manifest of a savepoint");
        }
        FaultPoint.SAVEPOINT_DURABLE.hit();
    }

    private static void requireWhole(
            FileSystem files, CheckpointDirectory directory, StoredFile file) throws IOException {
        Path path = directory.resolve(file.file());
        try {
            long length = files.getFileStatus(path).getLen();
            if (length != file.length()) {
                throw Damage.of(
                        path + " has " + length + " bytes, " + file.length() + " were written");
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw Damage.missing(path, e);
        }
    }

    /**
     * Whether a savepoint is whole, of whichever form.
     *
     * @throws MillraceException {@code STORAGE_FAILED} or {@code PERMISSION_DENIED} if it cannot be
     *     told
     */
    public static boolean isWhole(String path) {
        Path at = new Path(path);
        return find(at).isPresent() || SavepointFormats.ofEngine().isAt(at);
    }

    /** The checkpoint that a savepoint is; empty if the path is not that of a whole savepoint. */
    static Optional<SavedCheckpoint> find(Path path) {
        List<JobCheckpoints> jobs;
        try {
            jobs = JobCheckpoints.below(path);
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.PATH_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        // A directory of a job's own checkpoints says whose it is; a savepoint is nobody's.
        return jobs.size() == 1 && jobs.get(0).owner().isEmpty()
                ? jobs.get(0).newest().map(JobCheckpoints.Entry::checkpoint)
                : Optional.empty();
    }

    /** The last checkpoint below this root is gone; if it was a savepoint its name goes, too. */
    static void deleteIfEmpty(FileSystem files, Path root) throws IOException {
        if (root.getName().startsWith(PREFIX) && files.listStatus(root).length == 0) {
            files.delete(root, false);
        }
    }

    /**
     * A file of a savepoint is gone that has failed: its directories go as well, up to the name, as
     * far as nothing is in them. In the directory of a job's own checkpoints nothing happens.
     */
    static void deleteEmpty(CheckpointDirectory directory, Path from) throws IOException {
        Path root = directory.root();
        if (!root.getName().startsWith(PREFIX)) {
            return;
        }
        FileSystem files = directory.files();
        for (Path each = from; each.toString().startsWith(root.toString()); ) {
            try {
                if (files.listStatus(each).length > 0 || !files.delete(each, false)) {
                    return;
                }
            } catch (FileNotFoundException | NoSuchFileException e) {
                LOG.debug("A directory of a failed savepoint has gone before. path={}", each);
            }
            each = each.getParent();
        }
    }

    /**
     * Removes what a savepoint has left that has failed.
     *
     * @throws MillraceException {@code STORAGE_FAILED} or {@code PERMISSION_DENIED}
     */
    public static void delete(String path) {
        Path directory = new Path(path);
        try {
            directory.getFileSystem().delete(directory, true);
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "remove what a savepoint has left");
        }
    }
}
