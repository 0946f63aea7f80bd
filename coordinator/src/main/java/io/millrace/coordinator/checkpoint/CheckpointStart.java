package io.millrace.coordinator.checkpoint;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.checkpoint.JobTasks.JobTask;
import io.millrace.coordinator.checkpoint.PendingCheckpoint.Phase;
import io.millrace.coordinator.enumerate.Enumerators;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.SavepointTarget;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Begins checkpoints and savepoints: asks the enumerators where they are, then tells the workers.
 * Confined to the coordinator's thread.
 *
 * <p>What enumerators assign between their answer and the message to the workers is held back: it
 * is behind the cut.
 */
final class CheckpointStart {
    private final JobGraph graph;
    private final CheckpointSettings settings;
    private final long epoch;
    private final JobTasks tasks;
    private final Enumerators enumerators;
    private final Assignments assignments;
    private final CheckpointIds ids;
    private final RestorePoints points;
    private final PendingCheckpoints pending;
    private final CheckpointAborts aborts;

    CheckpointStart(
            CheckpointScope scope,
            CheckpointSettings settings,
            Enumerators enumerators,
            Assignments assignments,
            CheckpointIds ids,
            KnownCheckpoints known) {
        this.graph = scope.graph();
        this.epoch = scope.epoch();
        this.tasks = scope.tasks();
        this.settings = settings;
        this.enumerators = enumerators;
        this.assignments = assignments;
        this.ids = ids;
        this.points = known.points();
        this.pending = known.pending();
        this.aborts = known.aborts();
    }

    /**
     * Begins one.
     *
     * @param target null unless it is a savepoint
     */
    List<Effect> begin(CheckpointKind kind, SavepointTarget target, long nowMs) {
        List<Effect> effects = new ArrayList<>(ids.reserve());
        List<Effect.SourceRef> sources = enumerators.running();
        PendingCheckpoint begun = new PendingCheckpoint(ids.next(), nowMs, kind, target, sources);
        pending.begun(begun, nowMs);
        effects.add(new Effect.SetTimer(begun.timeout(graph.jobId()), settings.timeoutMs()));
        if (sources.isEmpty()) {
            effects.addAll(tellWorkers(begun, nowMs));
        } else {
            effects.add(new Effect.SnapshotEnumerators(graph.jobId(), begun.id(), sources));
        }
        return effects;
    }

    /** An enumerator says where it is, or that it cannot. */
    List<Effect> onEnumeratorSnapshot(Event.EnumeratorSnapshot snapshot, long nowMs) {
        PendingCheckpoint asking = pending.get(snapshot.checkpointId());
        Effect.SourceRef source =
                new Effect.SourceRef(
                        snapshot.vertexId(), snapshot.operatorIndex(), snapshot.generation());
        if (asking == null || !asking.isAwaited(source)) {
            return List.of();
        }
        if (snapshot.failure() != null) {
            return aborts.failed(asking, snapshot.failure(), nowMs);
        }
        String operatorId =
                graph.vertex(snapshot.vertexId())
                        .operators()
                        .get(snapshot.operatorIndex())
                        .identity();
        asking.position(
                source, new EnumeratorEntry(operatorId, snapshot.version(), snapshot.state()));
        assignments.holdBack(source);
        return asking.hasAllPositions() ? tellWorkers(asking, nowMs) : List.of();
    }

    /** One message for each worker; then what the enumerators have assigned since goes on. */
    private List<Effect> tellWorkers(PendingCheckpoint begun, long nowMs) {
        begun.become(Phase.TASKS);
        Map<String, List<AttemptId>> byWorker = new LinkedHashMap<>();
        for (JobTask task : tasks.current()) {
            if (task.state() == TaskState.FINISHED) {
                begun.finished(task.id(), task.prepared());
            } else {
                begun.await(task.id(), task.workerId());
                byWorker.computeIfAbsent(task.workerId(), w -> new ArrayList<>()).add(task.id());
            }
        }
        int mostInManifestBytes = mostInManifestBytes(begun, byWorker);
        List<Effect> effects = new ArrayList<>();
        byWorker.forEach(
                (worker, attempts) ->
                        effects.add(
                                new Effect.Send(
                                        worker,
                                        new ToWorker.TriggerCheckpoint(
                                                epoch,
                                                graph.jobId(),
                                                begun.id(),
                                                begun.triggeredAtMs(),
                                                begun.kind(),
                                                List.copyOf(attempts),
                                                begun.target(),
                                                mostInManifestBytes))));
        effects.addAll(assignments.letGo());
        if (begun.isAcknowledged()) {
            effects.addAll(aborts.givenUp(begun, FailureReports.nothingRuns(begun.id()), nowMs));
        }
        return effects;
    }

    private int mostInManifestBytes(
            PendingCheckpoint begun, Map<String, List<AttemptId>> byWorker) {
        return begun.isSavepoint() && !begun.target().asTables() // which is files
                ? 0
                : ManifestSpace.ofWorker(
                        settings.inlineBytes(),
                        byWorker.values().stream().mapToInt(List::size).sum(),
                        byWorker.size(),
                        points.base(begun.kind()));
    }
}
