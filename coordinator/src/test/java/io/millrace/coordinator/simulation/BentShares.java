package io.millrace.coordinator.simulation;

import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.StoredReads;
import java.util.ArrayList;
import java.util.List;

/** A stage that is decided anew when one of its subtasks runs again. Pure. */
final class BentShares {
    private BentShares() {}

    /** What is deployed then; the same for first attempts. */
    static ToWorker.DeployTasks in(ToWorker.DeployTasks deploy) {
        List<JobVertex> anew = new ArrayList<>();
        for (JobVertex vertex : deploy.graph().vertices()) {
            boolean again =
                    deploy.tasks().stream()
                            .anyMatch(t -> t.vertexId() == vertex.id() && t.attempt() > 0);
            if (again && vertex.shares() != null && !vertex.isUndecided()) {
                anew.add(vertex.decided(moved(vertex.shares().ends())));
            }
        }
        JobGraph graph = deploy.graph().with(anew);
        return anew.isEmpty()
                ? deploy
                : new ToWorker.DeployTasks(
                        deploy.epoch(),
                        graph,
                        deploy.workers(),
                        deploy.placements(),
                        deploy.tasks(),
                        deploy.restores(),
                        deploy.inputs().stream().map(i -> sliced(i, graph, deploy)).toList(),
                        deploy.inManifest());
    }

    /** One range goes to a neighbour, if any subtask has two. */
    private static List<Integer> moved(List<Integer> ends) {
        List<Integer> other = new ArrayList<>(ends);
        for (int i = 0; i < ends.size() - 1; i++) {
            int from = i == 0 ? 0 : ends.get(i - 1);
            if (ends.get(i) - from > 1) {
                other.set(i, ends.get(i) - 1);
                break;
            } else if (ends.get(i + 1) - ends.get(i) > 1) {
                other.set(i, ends.get(i) + 1);
                break;
            }
        }
        return other;
    }

    private static ResultInput sliced(
            ResultInput input, JobGraph graph, ToWorker.DeployTasks deploy) {
        JobEdge edge = graph.edge(input.id().edgeId());
        return new ResultInput(
                input.id(),
                input.worker(),
                deploy.tasks().stream()
                        .filter(task -> task.vertexId() == edge.targetVertex())
                        .flatMap(task -> StoredReads.of(graph, edge, task.subtask()).stream())
                        .filter(read -> read.producer() == input.id().producerSubtask())
                        .map(read -> new ResultSlice(read.from(), read.to(), 0, 0))
                        .distinct()
                        .toList());
    }
}
