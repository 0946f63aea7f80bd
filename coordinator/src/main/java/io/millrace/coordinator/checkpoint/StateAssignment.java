package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.CommittableEntry;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.OperatorRestore;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each subtask of a job is given of a checkpoint, at the parallelism of either. Pure;
 * immutable.
 *
 * <p>Operators are matched by their ids. An operator that the checkpoint does not know starts
 * empty; one that only the checkpoint knows must have had nothing, unless the user lets it go.
 */
public final class StateAssignment {
    private final Manifest manifest;
    private final OperatorIds ids;
    private final Map<String, OperatorEntry> entries = new TreeMap<>();

    private StateAssignment(Manifest manifest, JobGraph graph) {
        this.manifest = manifest;
        this.ids = OperatorIds.of(graph);
        manifest.operators().forEach(entry -> entries.put(entry.id(), entry));
    }

    /**
     * @param ignoreUnclaimed whether state of operators that the job does not have is left behind
     * @throws MillraceException {@code CHECKPOINT_INCOMPATIBLE} naming operators and numbers
     */
    public static StateAssignment of(Manifest manifest, JobGraph graph, boolean ignoreUnclaimed) {
        StateAssignment assignment = new StateAssignment(manifest, graph);
        if (!ignoreUnclaimed) {
            assignment.checkClaimed();
        }
        for (OperatorEntry entry : manifest.operators()) {
            OperatorIds.Place place = assignment.ids.find(entry.id());
            if (place != null) {
                Restorability.check(manifest.checkpointId(), entry, place.vertex());
            }
        }
        return assignment;
    }

    private void checkClaimed() {
        for (OperatorEntry entry : manifest.operators()) {
            if (ids.find(entry.id()) == null && Restorability.hasState(entry)) {
                throw unclaimed("state of operator '" + entry.name() + "'", entry.id());
            }
        }
        for (EnumeratorEntry entry : manifest.enumerators()) {
            if (ids.find(entry.operatorId()) == null) {
                throw unclaimed("the position of a source", entry.operatorId());
            }
        }
        for (CommittableEntry entry : manifest.committables()) {
            if (ids.find(entry.operatorId()) == null) {
                throw unclaimed("prepared output of a sink", entry.operatorId());
            }
        }
    }

    private MillraceException unclaimed(String what, String id) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_INCOMPATIBLE,
                "checkpoint "
                        + manifest.checkpointId()
                        + " of job '"
                        + manifest.jobName()
                        + "' has "
                        + what
                        + " (uid '"
                        + id
                        + "'), but the program has no operator of this uid. Give the operator the"
                        + " uid that it had, or leave what it held behind with"
                        + " execution.state-recovery.ignore-unclaimed-state.");
    }

    /** What these vertices' subtasks are given; nothing for those that the checkpoint lacks. */
    public List<TaskRestore> restores(JobGraph graph, List<Integer> vertexIds) {
        List<TaskRestore> restores = new ArrayList<>();
        for (int vertexId : vertexIds) {
            JobVertex vertex = graph.vertex(vertexId);
            for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
                TaskRestore restore = restore(vertex, subtask);
                if (restore != null) {
                    restores.add(restore);
                }
            }
        }
        return restores;
    }

    /** Null if the checkpoint has nothing about any operator of the vertex. */
    private TaskRestore restore(JobVertex vertex, int subtask) {
        List<OperatorRestore> operators = new ArrayList<>();
        List<RestoredPart> channels = List.of();
        boolean known = false;
        boolean finished = true;
        for (int i = 0; i < vertex.operators().size(); i++) {
            OperatorEntry entry = entries.get(vertex.operators().get(i).identity());
            OperatorIds.Place place = entry == null ? null : ids.find(entry.id());
            if (place == null || place.vertex() != vertex || place.operatorIndex() != i) {
                continue;
            }
            known = true;
            finished &= isFinished(entry, vertex.parallelism(), subtask);
            PartDealer dealer = new PartDealer(entry, subtask, vertex.parallelism());
            List<RestoredPart> parts = dealer.parts();
            if (!parts.isEmpty()) {
                operators.add(new OperatorRestore(i, parts));
            }
            if (i == 0) {
                channels = dealer.channels();
            }
        }
        return known
                ? new TaskRestore(
                        vertex.id(),
                        subtask,
                        manifest.checkpointId(),
                        finished,
                        operators,
                        channels)
                : null;
    }

    /** At another parallelism it is known only if all had finished: then nobody goes on. */
    private static boolean isFinished(OperatorEntry entry, int parallelism, int subtask) {
        return entry.parallelism() == parallelism
                ? entry.subtasks().get(subtask).finished()
                : entry.subtasks().stream().allMatch(SubtaskEntry::finished);
    }

    /** The position of a source, or null if the checkpoint has none: then it begins anew. */
    public EnumeratorEntry enumerator(JobVertex vertex, int operatorIndex) {
        String id = vertex.operators().get(operatorIndex).identity();
        return manifest.enumerators().stream()
                .filter(entry -> entry.operatorId().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** What is to be committed before tasks start, with the places that the sinks have now. */
    List<CommittableEntry> committables() {
        List<CommittableEntry> moved = new ArrayList<>();
        for (CommittableEntry entry : manifest.committables()) {
            OperatorIds.Place place = ids.find(entry.operatorId());
            if (place != null) {
                OperatorCommittables was = entry.committables();
                moved.add(
                        new CommittableEntry(
                                entry.operatorId(),
                                new OperatorCommittables(
                                        place.vertex().id(),
                                        place.operatorIndex(),
                                        was.subtask(),
                                        was.checkpointId(),
                                        was.serializerVersion(),
                                        was.committables())));
            }
        }
        return moved;
    }

    long checkpointId() {
        return manifest.checkpointId();
    }
}
