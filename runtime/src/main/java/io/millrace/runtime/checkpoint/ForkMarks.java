package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The marks of forks in directories of jobs and of savepoints. Stateless; for a storage thread.
 *
 * <p>A fork places its mark before it reads the checkpoint, and takes it away when it has one of
 * its own or has ended. Whoever deletes checkpoints or savepoints looks for marks immediately
 * before.
 */
public final class ForkMarks {
    private static final Logger LOG = LoggerFactory.getLogger(ForkMarks.class);

    private ForkMarks() {}

    /**
     * Marks a checkpoint, or a savepoint of the same form. Nothing happens if the fork has marked
     * it before. Where the directory cannot be written the fork goes on without a mark, as one that
     * may only read it must.
     *
     * @param owner names the application of the fork, as in {@link JobMarker#owner}
     */
    public static void place(SavedCheckpoint checkpoint, JobId fork, String owner) {
        CheckpointDirectory directory = checkpoint.directory();
        if (directory.jobId().equals(fork)) {
            return;
        }
        FileSystem files = directory.files();
        Path path =
                new Path(
                        directory.path(),
                        ForkMark.of(fork, owner, checkpoint.epoch(), checkpoint.checkpointId())
                                .name());
        try {
            if (files.exists(directory.marker())) {
                create(files, path);
            } else if (files.exists(checkpoint.manifest())) { // a savepoint, which is nobody's
                placeInSavepoint(files, path);
            } else {
                return; // and to read it fails
            }
        } catch (IOException | MillraceException e) {
            LOG.warn(
                    "The checkpoint cannot be marked; if its job runs, it may delete it before this"
                            + " job has one of its own. path={} cause={}",
                    path,
                    e.toString());
        }
        FaultPoint.FORK_MARKED.hit();
    }

    /**
     * Marks a savepoint of another form, whose manifest was read.
     *
     * @param savepoint its directory, or its manifest in that
     * @param owner names the application of the fork, as in {@link JobMarker#owner}
     */
    public static void place(Path savepoint, Manifest manifest, JobId fork, String owner) {
        ForkMark mark = ForkMark.of(fork, owner, manifest.epoch(), manifest.checkpointId());
        try {
            FileSystem files = savepoint.getFileSystem();
            placeInSavepoint(files, new Path(directoryOf(files, savepoint), mark.name()));
        } catch (IOException | MillraceException e) {
            tellUnmarked(savepoint, e);
        }
        FaultPoint.FORK_MARKED.hit();
    }

    /** No job deletes a savepoint, so one that can only be read is no cause for a warning. */
    private static void placeInSavepoint(FileSystem files, Path path) {
        try {
            create(files, path);
        } catch (IOException | MillraceException e) {
            tellUnmarked(path, e);
        }
    }

    private static void tellUnmarked(Path path, Exception cause) {
        LOG.info(
                "The savepoint is not marked: commands that remove savepoints do not see that this"
                        + " job needs it until it has a checkpoint of its own. path={} cause={}",
                path,
                cause.toString());
    }

    private static void create(FileSystem files, Path path) throws IOException {
        if (!files.exists(path)) {
            files.createDurable(path).close();
        }
    }

    /**
     * All in the directory of a job: one listing.
     *
     * @throws IOException if it cannot be listed, so that nothing there may be deleted
     */
    static List<ForkMark> in(CheckpointDirectory directory) throws IOException {
        return among(list(directory.files(), directory.path()), directory.path()).stream()
                .map(PlacedMark::mark)
                .toList();
    }

    private static List<PlacedMark> among(FileStatus[] children, Path directory) {
        List<PlacedMark> marks = new ArrayList<>();
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            ForkMark.ofName(name)
                    .ifPresent(
                            mark ->
                                    marks.add(
                                            new PlacedMark(
                                                    new Path(directory, name),
                                                    mark,
                                                    child.getModificationTime())));
        }
        return marks;
    }

    private static FileStatus[] list(FileSystem files, Path directory) throws IOException {
        try {
            return files.listStatus(directory);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return new FileStatus[0];
        }
    }

    /**
     * All on what a job may be started from: a listing of the directory of a job; of a savepoint
     * one of it and one of the directory of the job in it.
     *
     * @param path of the directory of a job, of a checkpoint, of a savepoint, or of the manifest of
     *     one; nothing need be there
     * @throws MillraceException of the file system: it is not known then who needs it
     */
    public static List<PlacedMark> on(Path path) {
        try {
            FileSystem files = path.getFileSystem();
            Path place = placeOf(files, path.makeQualified(files));
            FileStatus[] children = list(files, place);
            List<PlacedMark> marks = new ArrayList<>(among(children, place));
            if (!CheckpointDirectory.isJob(place.getName())) {
                for (FileStatus child : children) {
                    Path below = new Path(place, child.getPath().getName());
                    if (child.isDir() && CheckpointDirectory.isJob(below.getName())) {
                        marks.addAll(among(list(files, below), below));
                    }
                }
            }
            return marks;
        } catch (IOException e) {
            throw FileErrors.of(e, path, "look for jobs that were started from it");
        }
    }

    /** The directory of the job of a checkpoint; else the path itself, or what a manifest is in. */
    private static Path placeOf(FileSystem files, Path path) throws IOException {
        Path checkpoint =
                path.getName().equals(CheckpointDirectory.MANIFEST) ? path.getParent() : path;
        Path epoch = checkpoint == null ? null : checkpoint.getParent();
        Path job = epoch == null ? null : epoch.getParent();
        return job != null
                        && CheckpointDirectory.isJob(job.getName())
                        && CheckpointDirectory.number(checkpoint.getName()) >= 0
                ? job
                : CheckpointDirectory.isJob(path.getName()) ? path : directoryOf(files, path);
    }

    /** Of a savepoint of another form its manifest may be named. */
    private static Path directoryOf(FileSystem files, Path savepoint) throws IOException {
        try {
            return files.getFileStatus(savepoint).isDir() ? savepoint : savepoint.getParent();
        } catch (FileNotFoundException | NoSuchFileException e) {
            return savepoint;
        }
    }

    /**
     * Takes away what a fork has marked. What cannot be removed is logged; it keeps a checkpoint.
     *
     * @param path as for {@link #on}
     */
    public static void remove(Path path, JobId fork) {
        try {
            for (PlacedMark found : on(path)) {
                if (found.mark().fork().equals(fork)) {
                    FaultPoint.FORK_BEFORE_UNMARKED.hit();
                    found.path().getFileSystem().delete(found.path(), false);
                }
            }
        } catch (IOException | MillraceException e) {
            LOG.warn(
                    "A mark on a checkpoint is left, and keeps it. 'millrace savepoint fsck"
                            + " --delete-orphans' removes it when the application has ended."
                            + " path={} fork={} cause={}",
                    path,
                    fork,
                    e.toString());
        }
    }
}
