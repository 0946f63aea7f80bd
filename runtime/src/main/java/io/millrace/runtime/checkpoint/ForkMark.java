package io.millrace.runtime.checkpoint;

import io.millrace.runtime.plan.JobId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says that a job was started from a checkpoint of another job and has none of its own yet, so that
 * the checkpoint must stay. It is an empty file in the directory of the other job, whose name says
 * all. Immutable.
 *
 * @param fork the job that needs the checkpoint
 * @param epoch of the checkpoint, as its directory is named
 */
public record ForkMark(JobId fork, long epoch, long checkpointId) {
    private static final Pattern NAME =
            Pattern.compile("fork-([0-9a-f]{32})-([0-9]{1,18})-([0-9]{1,18})");

    /** What the file is called. */
    public String name() {
        return "fork-" + fork.hex() + "-" + epoch + "-" + checkpointId;
    }

    /** The mark of such a name; nothing of other files. */
    static Optional<ForkMark> ofName(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(
                        new ForkMark(
                                new JobId(matcher.group(1)),
                                Long.parseLong(matcher.group(2)),
                                Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    boolean isOf(SavedCheckpoint checkpoint) {
        return epoch == checkpoint.epoch() && checkpointId == checkpoint.checkpointId();
    }
}
