package io.millrace.coordinator.checkpoint;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.checkpoint.PendingCheckpoint.Phase;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives up checkpoints and savepoints that are under way: everybody hears of it who took part, and
 * what was written for nothing goes. Confined to the coordinator's thread.
 */
final class CheckpointAborts {
    private final JobGraph graph;
    private final long epoch;
    private final long timeoutMs;
    private final PendingCheckpoints pending;
    private final CheckpointIds ids;
    private final RestorePoints points;
    private final Assignments assignments;
    private final Savepoints savepoints;
    private final Next next;

    /** What may begin when one has ended. */
    @FunctionalInterface
    interface Next {
        List<Effect> proceed(long nowMs);
    }

    /**
     * @param timeoutMs how long one may take
     */
    CheckpointAborts(
            JobGraph graph,
            long epoch,
            long timeoutMs,
            PendingCheckpoints pending,
            CheckpointIds ids,
            RestorePoints points,
            Assignments assignments,
            Savepoints savepoints,
            Next next) {
        this.graph = graph;
        this.epoch = epoch;
        this.timeoutMs = timeoutMs;
        this.pending = pending;
        this.ids = ids;
        this.points = points;
        this.assignments = assignments;
        this.savepoints = savepoints;
        this.next = next;
    }

    /** For a reason that counts. */
    List<Effect> failed(PendingCheckpoint lost, FailureReport why, long nowMs) {
        return end(lost, why, true, nowMs);
    }

    /** For a reason that is dealt with elsewhere. */
    List<Effect> givenUp(PendingCheckpoint lost, FailureReport why, long nowMs) {
        return end(lost, why, false, nowMs);
    }

    private List<Effect> end(
            PendingCheckpoint lost, FailureReport why, boolean counts, long nowMs) {
        pending.lost(lost, why, counts, nowMs);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.CancelTimer(lost.timeout(graph.jobId())));
        if (lost.phase() == Phase.ENUMERATORS) {
            effects.addAll(assignments.letGo());
        }
        effects.addAll(lost.tellEnded(graph.jobId(), epoch, false));
        if (lost.isSavepoint()) {
            effects.addAll(savepoints.failed(lost, why));
        } else if (lost.phase() != Phase.ENUMERATORS) {
            effects.add(new Effect.DeleteCheckpointFiles(graph, Garbage.NONE, List.of(lost.id())));
        }
        effects.addAll(deletions());
        effects.addAll(next.proceed(nowMs));
        return effects;
    }

    /** While one is under way, it may refer to files of those that have been dropped. */
    List<Effect> deletions() {
        PendingCheckpoint oldest = pending.oldest();
        return points.deletions(oldest == null ? ids.highest() + 1 : oldest.id(), epoch);
    }

    /** The time of one is over, if it has not ended. */
    List<Effect> onTimeout(int generation, long nowMs) {
        for (PendingCheckpoint late : pending.all()) {
            boolean waits =
                    late.phase() == Phase.ENUMERATORS
                            || late.phase() == Phase.TASKS
                            || late.isSavepoint();
            if ((int) late.id() == generation && waits) {
                return failed(late, FailureReports.timedOut(late, timeoutMs), nowMs);
            }
        }
        return List.of();
    }

    /** Tasks of the job are being ended: nothing that waits for them, or began with them, holds. */
    List<Effect> onTasksBroken(FailureReport cause, long nowMs) {
        List<Effect> effects = new ArrayList<>(savepoints.failWaiting(cause));
        for (PendingCheckpoint lost : pending.all()) {
            if (lost.phase() != Phase.STORING || lost.isSavepoint()) {
                effects.addAll(givenUp(lost, cause, nowMs));
            }
        }
        return effects;
    }

    /** A worker has left; it may have owed an answer for tasks that have finished since. */
    List<Effect> onWorkerLost(String workerId, FailureReport cause, long nowMs) {
        List<Effect> effects = new ArrayList<>();
        for (PendingCheckpoint lost : pending.all()) {
            if (lost.awaitsWorker(workerId)) {
                effects.addAll(givenUp(lost, cause, nowMs));
            }
        }
        return effects;
    }

    /** One has all its parts: those that were begun before it would be of no use any more. */
    List<Effect> onOvertaken(PendingCheckpoint by, long nowMs) {
        List<Effect> effects = new ArrayList<>();
        for (PendingCheckpoint older : pending.olderThan(by)) {
            if (older.phase() != Phase.STORING) {
                effects.addAll(givenUp(older, FailureReports.overtaken(older, by), nowMs));
            }
        }
        return effects;
    }
}
