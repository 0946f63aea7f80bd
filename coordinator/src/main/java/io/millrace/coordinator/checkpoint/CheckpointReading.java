package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import java.util.List;

/**
 * Finds out, before a task starts, what checkpoints there are: asks storage again until it has
 * answered. Confined to the coordinator's thread.
 */
final class CheckpointReading {
    private static final long FIRST_DELAY_MS = 500;

    /** A pause doubles at most this often. */
    private static final int MAX_DOUBLINGS = 6;

    private final JobGraph graph;
    private final CheckpointPolicy policy;
    private final CheckpointIds ids;
    private final CheckpointHistory history;
    private final RestorePoints points;
    private final OutputCommits commits;
    private final FatalCause fatal;
    private boolean historyIsKnown = true;
    private boolean underWay;
    private int tries;

    CheckpointReading(
            JobGraph graph,
            CheckpointPolicy policy,
            CheckpointIds ids,
            CheckpointHistory history,
            RestorePoints points,
            OutputCommits commits,
            FatalCause fatal) {
        this.graph = graph;
        this.policy = policy;
        this.ids = ids;
        this.history = history;
        this.points = points;
        this.commits = commits;
        this.fatal = fatal;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Whether it is known which checkpoints the job has. */
    boolean isHistoryKnown() {
        return historyIsKnown;
    }

    /** Of a job that has run under an earlier leader. */
    List<Effect> resume() {
        historyIsKnown = false;
        return begin();
    }

    List<Effect> begin() {
        underWay = true;
        return List.of(new Effect.ReadCheckpoints(graph, policy.restoreFrom()));
    }

    /** A pause is over; the answer may have come meanwhile. */
    List<Effect> again() {
        return underWay ? begin() : List.of();
    }

    /**
     * @param stopped whether nobody waits for it any more
     * @return whether what was found may be committed; else {@link #retryLater}
     */
    boolean onRead(Event.CheckpointsRead read, boolean stopped) {
        if (!underWay) {
            return false;
        }
        if (read.failure() != null) {
            onFailed(read.failure(), stopped);
            return false;
        }
        underWay = false;
        historyIsKnown = true;
        if (read.pointer() != null) {
            ids.skipTo(read.pointer().highestId());
        }
        for (Event.FoundCheckpoint found : read.found()) {
            ids.skipTo(found.record().checkpointId());
            if (found.failure() != null) {
                history.givenUp(found.failure());
            }
        }
        try {
            commits.open().add(points.restore(read), ids.highest());
            commits.restored();
        } catch (MillraceException e) {
            fatal.is(FailureReports.of(e));
        }
        return true;
    }

    private void onFailed(FailureReport failure, boolean stopped) {
        history.givenUp(failure);
        // What is damaged does not become whole by waiting.
        boolean damaged = failure.code() == ErrorCode.CHECKPOINT_FILE_CORRUPT;
        if (damaged || failure.code().advice() == Advice.FAIL || stopped) {
            underWay = false;
            fatal.is(failure);
        }
    }

    /** Nothing if it is over. */
    List<Effect> retryLater() {
        if (!underWay) {
            return List.of();
        }
        tries++;
        return List.of(
                new Effect.SetTimer(
                        new TimerId(Purpose.CHECKPOINTS_READ_RETRY, graph.jobId().hex(), tries),
                        FIRST_DELAY_MS << Math.min(tries - 1, MAX_DOUBLINGS)));
    }
}
