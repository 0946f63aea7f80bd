package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The marks of forks in directories of jobs. Stateless; for a storage thread.
 *
 * <p>A fork places its mark before it reads the checkpoint, and takes it away when it has one of
 * its own or has ended. Whoever deletes checkpoints looks for marks immediately before.
 */
public final class ForkMarks {
    private static final Logger LOG = LoggerFactory.getLogger(ForkMarks.class);

    private ForkMarks() {}

    /**
     * Marks a checkpoint. Nothing happens if that is a savepoint, which no job deletes, or if the
     * fork has marked it before. Where the directory cannot be written the fork goes on without a
     * mark, as one that may only read it must.
     */
    public static void place(SavedCheckpoint checkpoint, JobId fork) {
        CheckpointDirectory directory = checkpoint.directory();
        ForkMark mark = new ForkMark(fork, checkpoint.epoch(), checkpoint.checkpointId());
        Path path = new Path(directory.path(), mark.name());
        FileSystem files = directory.files();
        try {
            if (directory.jobId().equals(fork) || !files.exists(directory.marker())) {
                return;
            }
            if (!files.exists(path)) {
                files.createDurable(path).close();
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
     * All in the directory of a job: one listing.
     *
     * @throws IOException if it cannot be listed, so that nothing there may be deleted
     */
    static List<ForkMark> in(CheckpointDirectory directory) throws IOException {
        List<ForkMark> marks = new ArrayList<>();
        try {
            for (FileStatus child : directory.files().listStatus(directory.path())) {
                ForkMark.ofName(child.getPath().getName()).ifPresent(marks::add);
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            return List.of();
        }
        return marks;
    }

    /**
     * Takes away what a fork has marked; nothing of savepoints. What cannot be removed is logged;
     * it keeps a checkpoint.
     *
     * @param path of the checkpoint, of the manifest in it, or of the directory of its job
     */
    public static void remove(Path path, JobId fork) {
        try {
            Optional<CheckpointDirectory> directory = directoryOf(path);
            if (directory.isPresent() && !directory.get().jobId().equals(fork)) {
                remove(directory.get(), fork);
            }
        } catch (IOException | MillraceException e) {
            LOG.warn(
                    "A mark on a checkpoint is left, and keeps it. path={} fork={} cause={}",
                    path,
                    fork,
                    e.toString());
        }
    }

    private static void remove(CheckpointDirectory directory, JobId fork) throws IOException {
        for (ForkMark mark : in(directory)) {
            if (mark.fork().equals(fork)) {
                FaultPoint.FORK_BEFORE_UNMARKED.hit();
                directory.files().delete(new Path(directory.path(), mark.name()), false);
            }
        }
    }

    private static Optional<CheckpointDirectory> directoryOf(Path path) {
        if (CheckpointDirectory.isJob(path.getName())) {
            return Optional.of(CheckpointDirectory.of(path.getParent(), new JobId(path.getName())));
        }
        boolean isOfCheckpoint =
                path.getName().equals(CheckpointDirectory.MANIFEST)
                        || CheckpointDirectory.number(path.getName()) >= 0;
        return isOfCheckpoint
                ? Optional.of(SavedCheckpoint.at(path).directory())
                : Optional.empty();
    }
}
