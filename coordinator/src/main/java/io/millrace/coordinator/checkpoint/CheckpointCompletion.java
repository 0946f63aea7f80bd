package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.checkpoint.JobTasks.JobTask;
import io.millrace.coordinator.checkpoint.PendingCheckpoint.Phase;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings checkpoints and savepoints to their good end: takes acknowledgements, has what is whole
 * stored, one at a time, and then has its output committed and what it replaces deleted. Confined
 * to the coordinator's thread.
 */
final class CheckpointCompletion {
    private final JobGraph graph;
    private final long epoch;
    private final JobTasks tasks;
    private final RestorePoints points;
    private final CheckpointStoring storing;
    private final OutputCommits commits;
    private final Savepoints savepoints;
    private final PendingCheckpoints pending;
    private final CheckpointAborts aborts;
    private final CheckpointAborts.Next next;

    CheckpointCompletion(
            CheckpointScope scope,
            KnownCheckpoints known,
            CheckpointStoring storing,
            OutputCommits commits,
            Savepoints savepoints,
            CheckpointAborts.Next next) {
        this.graph = scope.graph();
        this.epoch = scope.epoch();
        this.tasks = scope.tasks();
        this.points = known.points();
        this.pending = known.pending();
        this.aborts = known.aborts();
        this.storing = storing;
        this.commits = commits;
        this.savepoints = savepoints;
        this.next = next;
    }

    // ---- acknowledgements

    /** A worker has what its tasks wrote for one that is under way. */
    List<Effect> onAcknowledged(
            PendingCheckpoint acked,
            String workerId,
            ToCoordinator.CheckpointAcked ack,
            long nowMs) {
        if (acked.phase() != Phase.TASKS) {
            return List.of();
        }
        for (TaskSnapshot task : ack.tasks()) {
            if (task.finished() && !hasFinished(task.attempt())) {
                return aborts.failed(acked, FailureReports.unannounced(task.attempt()), nowMs);
            }
        }
        acked.acknowledged(workerId, ack.tasks(), ack.file());
        if (!acked.isAcknowledged()) {
            return List.of();
        }
        acked.become(Phase.ACKNOWLEDGED);
        if (acked.isSavepoint()) {
            return storeSavepoint(acked, nowMs);
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.CancelTimer(acked.timeout(graph.jobId())));
        effects.addAll(aborts.onOvertaken(acked, nowMs));
        effects.addAll(storeNext(nowMs));
        return effects;
    }

    /** Whether the attempt has said so: then it is known what its sinks have prepared. */
    private boolean hasFinished(AttemptId attempt) {
        return tasks.current().stream()
                .anyMatch((JobTask t) -> t.id().equals(attempt) && t.state() == TaskState.FINISHED);
    }

    /** Of one that is over: what was written for nothing goes. */
    List<Effect> onLateAcknowledgement(ToCoordinator.CheckpointAcked ack) {
        List<Effect> ofSavepoint = savepoints.onLateAcknowledgement(ack.checkpointId());
        if (!ofSavepoint.isEmpty()) {
            return ofSavepoint;
        }
        StoredFile file = ack.file();
        boolean needed =
                file == null
                        || points.retained().has(ack.checkpointId())
                        || file.isInManifest()
                        || points.file(file.file()) != null;
        return needed
                ? List.of()
                : List.of(
                        new Effect.DeleteCheckpointFiles(
                                graph, new Garbage(List.of(), List.of(file.file())), List.of()));
    }

    // ---- checkpoints

    /** Stores the oldest one that has all its parts, unless one is being stored. */
    private List<Effect> storeNext(long nowMs) {
        if (storing.isUnderWay()) {
            return List.of();
        }
        for (PendingCheckpoint ready : pending.all()) {
            if (ready.phase() == Phase.ACKNOWLEDGED) {
                String unknown = storing.prepare(ready);
                return unknown == null
                        ? storing.begin()
                        : aborts.failed(
                                ready, FailureReports.unknownFile(ready.id(), unknown), nowMs);
            }
        }
        return List.of();
    }

    /** One exists now, or could not be stored. */
    List<Effect> onStored(Event.CheckpointStored stored, long nowMs) {
        if (!storing.isOf(stored.checkpointId())) {
            return List.of();
        }
        CheckpointStoring.Prepared done = storing.end(stored.record());
        List<Effect> effects = new ArrayList<>();
        if (stored.failure() != null) {
            effects.addAll(notStored(done.pending(), stored.failure(), nowMs));
        } else {
            pending.completed(done.pending(), done.manifest(), nowMs);
            effects.addAll(commits.start());
            effects.addAll(done.pending().tellEnded(graph.jobId(), epoch, true));
            effects.addAll(aborts.deletions());
            effects.addAll(points.releaseIfReplaced());
        }
        effects.addAll(storeNext(nowMs));
        effects.addAll(next.proceed(nowMs));
        return effects;
    }

    /**
     * Where files of earlier ones are gone, nothing is built on them any more: not what is under
     * way, and the next one is written whole. That the job bears; its tasks have what was lost.
     */
    private List<Effect> notStored(PendingCheckpoint lost, FailureReport why, long nowMs) {
        if (why.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT) {
            return aborts.failed(lost, why, nowMs);
        }
        points.retained().suspectAll();
        List<Effect> effects = new ArrayList<>(aborts.onTasksBroken(why, nowMs));
        effects.addAll(aborts.givenUp(lost, why, nowMs));
        return effects;
    }

    // ---- savepoints

    private List<Effect> storeSavepoint(PendingCheckpoint ready, long nowMs) {
        Optional<Manifest> manifest = storing.ofSavepoint(ready);
        if (manifest.isEmpty()) {
            return aborts.failed(ready, FailureReports.unknownFile(ready.id(), "of others"), nowMs);
        }
        ready.become(Phase.STORING);
        return savepoints.store(manifest.get());
    }

    /** One is whole, or could not be stored. */
    List<Effect> onSavepointStored(Event.SavepointStored stored, long nowMs) {
        PendingCheckpoint done = pending.get(stored.checkpointId());
        if (done == null || !done.isSavepoint() || done.phase() != Phase.STORING) {
            return List.of(); // it was given up, and is being removed
        }
        if (stored.failure() != null) {
            return aborts.failed(done, stored.failure(), nowMs);
        }
        if (done.target().purpose().stops()) {
            done.become(Phase.DURABLE);
            return List.of();
        }
        pending.savepointEnded(done, nowMs);
        List<Effect> effects = new ArrayList<>(savepoints.completed());
        effects.add(new Effect.CancelTimer(done.timeout(graph.jobId())));
        effects.addAll(aborts.deletions());
        effects.addAll(next.proceed(nowMs));
        return effects;
    }

    /**
     * The savepoint that the job ends with from here on, when nothing is being committed; null if
     * there is none. Told once.
     */
    Savepoints.Stop takeStop() {
        PendingCheckpoint oldest = pending.oldest();
        if (commits.open().isCommitting() || oldest == null || oldest.phase() != Phase.DURABLE) {
            return null;
        }
        return savepoints.stop(pending.takeOldest());
    }
}
