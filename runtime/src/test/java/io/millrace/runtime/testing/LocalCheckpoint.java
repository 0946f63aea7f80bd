package io.millrace.runtime.testing;

import io.millrace.runtime.checkpoint.OperatorRestore;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A checkpoint of a {@link LocalJob}, as its workers have answered. Guarded by the job. */
public final class LocalCheckpoint {
    private final long id;
    private final Set<AttemptId> served;
    private final Map<AttemptId, TaskSnapshot> tasks = new HashMap<>();
    private final List<ToCoordinator.CheckpointDeclined> declined = new ArrayList<>();
    private int expected;

    LocalCheckpoint(long id, Set<AttemptId> served) {
        this.id = id;
        this.served = new HashSet<>(served);
    }

    void expect() {
        expected++;
    }

    void finished(AttemptId attempt) {
        tasks.put(attempt, TaskSnapshot.ofFinished(attempt));
    }

    void acked(ToCoordinator.CheckpointAcked acked) {
        expected--;
        acked.tasks().forEach(task -> tasks.put(task.attempt(), task));
    }

    void declined(ToCoordinator.CheckpointDeclined cause) {
        expected--;
        declined.add(cause);
    }

    boolean isAnswered() {
        return expected == 0;
    }

    public boolean isComplete() {
        return expected == 0 && declined.isEmpty();
    }

    public long id() {
        return id;
    }

    public List<ToCoordinator.CheckpointDeclined> declined() {
        return declined;
    }

    public List<TaskSnapshot> tasks() {
        return List.copyOf(tasks.values());
    }

    public List<OperatorCommittables> committables() {
        return tasks.values().stream().flatMap(task -> task.committables().stream()).toList();
    }

    Set<AttemptId> served() {
        return served;
    }

    /** For the same subtasks; lists that everybody gets go to all. */
    List<TaskRestore> restores(JobGraph graph) {
        List<TaskRestore> restores = new ArrayList<>();
        for (TaskSnapshot task : tasks.values()) {
            AttemptId attempt = task.attempt();
            Map<Integer, List<RestoredPart>> byOperator = new HashMap<>();
            for (TaskSnapshot other : tasks.values()) {
                if (other.attempt().vertexId() == attempt.vertexId()) {
                    other.operators()
                            .forEach(
                                    operator ->
                                            operator.parts().stream()
                                                    .filter(
                                                            part ->
                                                                    other == task
                                                                            || part.kind()
                                                                                    == StatePart
                                                                                            .Kind
                                                                                            .UNION_LIST)
                                                    .forEach(
                                                            part ->
                                                                    byOperator
                                                                            .computeIfAbsent(
                                                                                    operator
                                                                                            .operatorIndex(),
                                                                                    i ->
                                                                                            new ArrayList<>())
                                                                            .add(
                                                                                    whole(
                                                                                            part,
                                                                                            other))));
                }
            }
            List<OperatorRestore> operators = new ArrayList<>();
            byOperator.forEach((index, parts) -> operators.add(new OperatorRestore(index, parts)));
            restores.add(
                    new TaskRestore(
                            attempt.vertexId(),
                            attempt.subtask(),
                            id,
                            task.finished(),
                            operators,
                            task.channels().stream().map(part -> whole(part, task)).toList()));
        }
        return restores;
    }

    private static RestoredPart whole(StatePart part, TaskSnapshot task) {
        return new RestoredPart(part, task.attempt().subtask(), 0, part.items());
    }

    @Override
    public String toString() {
        return "checkpoint "
                + id
                + " with "
                + tasks.size()
                + " tasks, "
                + expected
                + " workers to answer, declined: "
                + declined;
    }
}
