package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job's leader was told to delete and does not, because a fork has marked it. Confined to a
 * storage thread. What is kept here at most is what marks name, and what could not be looked at; a
 * new leader finds it as files that its predecessor has left.
 */
final class SparedCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(SparedCheckpoints.class);

    private final CheckpointDirectory directory;
    private Garbage spared = Garbage.NONE;
    private List<ForkMark> known = List.of();

    // What was read of marked checkpoints, whose manifests never change: a mark may stay for long.
    private final Map<ForkMark, CheckpointFiles> read = new HashMap<>();

    SparedCheckpoints(CheckpointDirectory directory) {
        this.directory = directory;
    }

    /**
     * Looks for marks, with one listing.
     *
     * @param more what no checkpoint of the job needs any more
     * @return what goes now, of that and of what was spared before
     */
    Garbage release(Garbage more) {
        Garbage all = spared.with(more);
        Optional<List<CheckpointFiles>> needed = needed();
        Garbage goes = needed.isEmpty() ? Garbage.NONE : all.without(needed.get());
        spared = all.less(goes);
        return goes;
    }

    /** What marked checkpoints consist of; nothing if that is not known. */
    Optional<List<CheckpointFiles>> needed() {
        List<ForkMark> marks;
        try {
            marks = ForkMarks.in(directory);
        } catch (IOException | MillraceException e) {
            LOG.warn(
                    "Checkpoints that are over are not deleted yet: it cannot be seen whether other"
                            + " jobs need them. path={} cause={}",
                    directory,
                    e.toString());
            return Optional.empty();
        }
        tell(marks);
        List<CheckpointFiles> needed = new ArrayList<>();
        read.keySet().retainAll(marks);
        for (ForkMark mark : marks) {
            try {
                needed.add(read.computeIfAbsent(mark, this::read));
            } catch (MillraceException e) {
                if (e.code() != ErrorCode.CHECKPOINT_NOT_FOUND) {
                    LOG.warn(
                            "Checkpoints that are over are not deleted yet: one that another job"
                                    + " needs cannot be read. mark={} cause={}",
                            mark.name(),
                            e.toString());
                    return Optional.empty();
                }
            }
        }
        return Optional.of(needed);
    }

    private CheckpointFiles read(ForkMark mark) {
        return CheckpointFiles.of(
                new SavedCheckpoint(directory, mark.epoch(), mark.checkpointId()).read());
    }

    private void tell(List<ForkMark> marks) {
        for (ForkMark mark : marks) {
            if (!known.contains(mark)) {
                LOG.info(
                        "A checkpoint stays for a job that was started from it, until that one has"
                                + " its own; if it was killed, 'millrace savepoint fsck"
                                + " --delete-orphans' removes the mark. fork={} application={}"
                                + " path={} mark={}",
                        mark.fork(),
                        mark.application(),
                        directory.checkpoint(mark.epoch(), mark.checkpointId()),
                        mark.name());
            }
        }
        known = List.copyOf(marks);
    }
}
