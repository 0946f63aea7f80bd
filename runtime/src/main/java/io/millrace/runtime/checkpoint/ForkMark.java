package io.millrace.runtime.checkpoint;

import io.millrace.runtime.plan.JobId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says that a job was started from a checkpoint or savepoint of another job and has no checkpoint
 * of its own yet, so that the other one must stay. It is an empty file, whose name says all: in the
 * directory of the other job, or in that of the savepoint. Immutable.
 *
 * @param fork the job that needs the checkpoint
 * @param application of YARN, in which the fork runs; empty if it is none of YARN's, or if an older
 *     release has made the mark
 * @param epoch of the checkpoint, as its directory is named
 */
public record ForkMark(JobId fork, String application, long epoch, long checkpointId) {
    private static final String APPLICATION = "application_[0-9]{1,18}_[0-9]{1,10}";
    private static final Pattern NAME =
            Pattern.compile(
                    "fork-([0-9a-f]{32})-([0-9]{1,18})-([0-9]{1,18})(?:-(" + APPLICATION + "))?");

    /**
     * The mark of a fork.
     *
     * @param owner names the application of the fork, as in {@link JobMarker#owner}
     */
    static ForkMark of(JobId fork, String owner, long epoch, long checkpointId) {
        return new ForkMark(fork, owner.matches(APPLICATION) ? owner : "", epoch, checkpointId);
    }

    /** What the file is called. */
    public String name() {
        String name = "fork-" + fork.hex() + "-" + epoch + "-" + checkpointId;
        return application.isEmpty() ? name : name + "-" + application;
    }

    /** Whether a file of such a name is a mark. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The mark of such a name; nothing of other files. */
    static Optional<ForkMark> ofName(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(
                        new ForkMark(
                                new JobId(matcher.group(1)),
                                matcher.group(4) == null ? "" : matcher.group(4),
                                Long.parseLong(matcher.group(2)),
                                Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    boolean isOf(SavedCheckpoint checkpoint) {
        return epoch == checkpoint.epoch() && checkpointId == checkpoint.checkpointId();
    }

    /** The fork for people. */
    public String who() {
        return application.isEmpty() ? "job " + fork : "job " + fork + " of " + application;
    }
}
