package io.millrace.coordinator.checkpoint;

import io.millrace.coordinator.checkpoint.JobTasks.JobTask;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.OperatorSnapshot;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts the parts of a checkpoint together that has all its acknowledgements. Pure. */
final class ManifestAssembly {
    private final JobGraph graph;
    private final PendingCheckpoint pending;
    private final Map<AttemptId, List<OperatorCommittables>> finished =
            new TreeMap<>(PendingCheckpoint.ORDER);
    private final Map<Integer, Map<Integer, TaskSnapshot>> running = new TreeMap<>();

    /**
     * @param tasks now; what an attempt had prepared that finished before the trigger reached it is
     *     known by now, since its last word came before the acknowledgement
     */
    ManifestAssembly(JobGraph graph, PendingCheckpoint pending, List<JobTask> tasks) {
        this.graph = graph;
        this.pending = pending;
        finished.putAll(pending.finished());
        for (TaskSnapshot snapshot : pending.snapshots().values()) {
            AttemptId id = snapshot.attempt();
            if (snapshot.finished()) {
                finished.put(id, List.of());
            } else {
                running.computeIfAbsent(id.vertexId(), vertex -> new TreeMap<>())
                        .put(id.subtask(), snapshot);
            }
        }
        for (JobTask task : tasks) {
            if (finished.containsKey(task.id())) {
                finished.put(task.id(), task.prepared());
            }
        }
    }

    List<OperatorEntry> operators() {
        List<OperatorEntry> entries = new ArrayList<>();
        for (JobVertex vertex : graph.vertices()) {
            for (int i = 0; i < vertex.operators().size(); i++) {
                List<SubtaskEntry> subtasks = new ArrayList<>();
                for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
                    subtasks.add(subtask(vertex.id(), i, subtask));
                }
                entries.add(
                        new OperatorEntry(
                                vertex.operators().get(i).identity(),
                                vertex.operators().get(i).name(),
                                vertex.parallelism(),
                                vertex.maxParallelism(),
                                subtasks));
            }
        }
        return entries;
    }

    private SubtaskEntry subtask(int vertexId, int operatorIndex, int subtask) {
        TaskSnapshot snapshot = running.getOrDefault(vertexId, Map.of()).get(subtask);
        if (snapshot == null) {
            return new SubtaskEntry(true, List.of(), List.of());
        }
        List<StatePart> parts =
                snapshot.operators().stream()
                        .filter(operator -> operator.operatorIndex() == operatorIndex)
                        .map(OperatorSnapshot::parts)
                        .findFirst()
                        .orElse(List.of());
        return new SubtaskEntry(false, parts, operatorIndex == 0 ? snapshot.channels() : List.of());
    }

    /**
     * What the sinks prepared and no complete checkpoint has had.
     *
     * @param taken the attempts whose last output an earlier checkpoint has
     */
    List<CommittableEntry> fresh(OpenOutput output, Set<AttemptId> taken) {
        List<OperatorCommittables> all = new ArrayList<>();
        finished.forEach(
                (id, prepared) -> {
                    if (!taken.contains(id)) {
                        all.addAll(prepared);
                    }
                });
        pending.snapshots().values().forEach(snapshot -> all.addAll(snapshot.committables()));
        return output.fresh(all).stream().map(this::entry).toList();
    }

    private CommittableEntry entry(OperatorCommittables prepared) {
        return new CommittableEntry(
                graph.vertex(prepared.vertexId())
                        .operators()
                        .get(prepared.operatorIndex())
                        .identity(),
                prepared);
    }

    /** The attempts that have finished for this checkpoint. */
    Collection<AttemptId> finished() {
        return finished.keySet();
    }

    /** The files that the states refer to, in the order of their names. */
    Set<String> files() {
        Set<String> files = new TreeSet<>();
        for (TaskSnapshot snapshot : pending.snapshots().values()) {
            snapshot.operators().forEach(operator -> collect(operator.parts(), files));
            collect(snapshot.channels(), files);
        }
        pending.files().forEach(file -> files.add(file.file()));
        return files;
    }

    private static void collect(List<StatePart> parts, Set<String> files) {
        for (StatePart part : parts) {
            for (Piece piece : part.pieces()) {
                if (piece instanceof Piece.Stored stored) {
                    files.add(stored.segment().file());
                }
            }
        }
    }
}
