package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.JobCheckpoints.Entry;
import io.millrace.runtime.checkpoint.JobCheckpoints.State;
import io.millrace.runtime.plan.JobId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint of a job that has ended, which the job that was started from it has claimed.
 * Stateless; for a storage thread.
 *
 * <p>Whoever claims one checkpoint does not own the others of that job: what they need stays. After
 * the last of them the directory of the job goes, with all that its end has left there. What was
 * written after the claimed one and never confirmed is of no use any more: nothing of it was
 * committed, and the job goes on from before it.
 *
 * <p>Nor does it own what further jobs need that were started from a checkpoint of the same job:
 * while manifests of theirs name files there, those files stay, and while their marks are on a
 * checkpoint ({@link ForkMark}), that stays.
 */
public final class ClaimedCheckpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimedCheckpoint.class);

    private ClaimedCheckpoint() {}

    /**
     * Removes it. Nothing happens if it has gone, or if the path is that of a job's directory.
     *
     * @param claimedBy the job that has claimed it and needs nothing of it any more
     * @param roots directories of many jobs' checkpoints whose manifests may name files of it; that
     *     in which it lies is looked at anyway
     * @return whether it was there
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} if another checkpoint, of its job
     *     or below those directories, cannot be read, so that nobody knows what that one needs; of
     *     the file system. Nothing is removed then
     */
    public static boolean delete(Path path, JobId claimedBy, Collection<Path> roots) {
        if (CheckpointDirectory.isJob(path.getName())) {
            return false;
        }
        SavedCheckpoint claimed = SavedCheckpoint.at(path);
        try {
            return delete(claimed, claimedBy, roots);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw FileErrors.of(e, path, "remove the checkpoint");
        }
    }

    private static boolean delete(SavedCheckpoint claimed, JobId claimedBy, Collection<Path> roots)
            throws IOException {
        CheckpointDirectory directory = claimed.directory();
        long epoch = claimed.epoch();
        long checkpointId = claimed.checkpointId();
        boolean isThere = false;
        List<CheckpointFiles> dropped = new ArrayList<>();
        List<CheckpointFiles> others = new ArrayList<>();
        for (Entry entry : JobCheckpoints.read(directory).entries()) {
            boolean isClaimed =
                    entry.checkpoint().epoch() == epoch
                            && entry.checkpoint().checkpointId() == checkpointId;
            if (entry.state() == State.DAMAGED) {
                throw new MillraceException(
                        ErrorCode.CHECKPOINT_FILE_CORRUPT,
                        "nothing of "
                                + directory
                                + " is removed, because a checkpoint there cannot be read and what"
                                + " it needs is not known. "
                                + entry.problem());
            }
            if (entry.manifestOrNull() != null) {
                CheckpointFiles files = CheckpointFiles.of(entry.manifestOrNull());
                isThere |= isClaimed;
                if (isClaimed) {
                    dropped.add(files);
                } else {
                    others.add(files);
                }
            }
        }
        if (!isThere) {
            return false;
        }
        for (ForkMark mark : ForkMarks.in(directory)) {
            if (mark.isOf(claimed) && !mark.fork().equals(claimedBy)) {
                LOG.warn(
                        "The checkpoint that was claimed stays, since another job was started from"
                                + " it and has none of its own yet. path={} fork={} mark={}",
                        claimed.path(),
                        mark.fork(),
                        mark.name());
                return false;
            }
        }
        others.addAll(ForeignReferences.to(directory, claimedBy, roots));
        FileSystem files = directory.files();
        // So that nobody takes for complete what is half removed.
        files.delete(directory.manifest(epoch, checkpointId), false);
        if (others.isEmpty()) {
            files.delete(directory.path(), true);
            SavepointDirectory.deleteIfEmpty(files, directory.root());
            return true;
        }
        Garbage garbage = Garbage.released(dropped, others);
        for (String one : garbage.directories()) {
            files.delete(new Path(directory.path(), one), true);
        }
        for (String one : garbage.files()) {
            files.delete(new Path(directory.path(), one), false);
        }
        return true;
    }
}
