package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;

/**
 * Commits what complete checkpoints hold, one commit at a time, again and again until it is known
 * to be committed. Confined to the coordinator's thread.
 */
final class OutputCommits {
    /** A pause doubles at most this often. */
    private static final int MAX_DOUBLINGS = 5;

    private final JobGraph graph;
    private final long firstDelayMs;
    private final FatalCause fatal;
    private final OpenOutput open = new OpenOutput();
    // What was restored is being committed: before that is through, no task is deployed.
    private boolean beforeTasks;
    private boolean hopeless;

    OutputCommits(JobGraph graph, long firstDelayMs, FatalCause fatal) {
        this.graph = graph;
        this.firstDelayMs = firstDelayMs;
        this.fatal = fatal;
    }

    OpenOutput open() {
        return open;
    }

    /** What is open now was restored, and no task runs. */
    void restored() {
        beforeTasks = !open.isEmpty();
    }

    /** Commits what is open, unless that is being done. */
    List<Effect> start() {
        return open.isEmpty() || open.isCommitting()
                ? List.of()
                : List.of(new Effect.Commit(graph, open.begin(), false, beforeTasks));
    }

    /**
     * A commit has ended.
     *
     * @param failure null if everything is visible
     * @param maxTries after so many failures in a row there is no hope
     */
    List<Effect> onEnded(FailureReport failure, int maxTries) {
        if (!open.isCommitting()) {
            return List.of();
        }
        if (failure == null) {
            beforeTasks = false;
            open.committed();
            return start();
        }
        open.failed();
        if (failure.code().advice() == Advice.FAIL || open.tries() >= maxTries) {
            fatal.is(inWords(failure));
            hopeless = true;
            return List.of();
        }
        return retryLater();
    }

    private FailureReport inWords(FailureReport failure) {
        // What is lost stays lost, whoever tries again.
        return failure.leadingTo(
                failure.code() == ErrorCode.DATA_LOSS
                        ? ErrorCode.DATA_LOSS
                        : ErrorCode.COMMIT_FAILED,
                failure.headline()
                        + " Tried "
                        + open.tries()
                        + " times. A complete checkpoint holds output that is not visible: it stays"
                        + " where it was prepared, for a job that is started from that checkpoint.");
    }

    /** Whether what is open can never be committed. */
    boolean isHopeless() {
        return hopeless;
    }

    /** After a pause the same again, with what has come since. */
    private List<Effect> retryLater() {
        return List.of(
                new Effect.SetTimer(
                        new TimerId(
                                Purpose.CHECKPOINT_COMMIT_RETRY, graph.jobId().hex(), open.tries()),
                        firstDelayMs << Math.min(open.tries() - 1, MAX_DOUBLINGS)));
    }
}
