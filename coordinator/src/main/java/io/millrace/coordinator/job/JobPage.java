package io.millrace.coordinator.job;

import io.millrace.coordinator.ClusterView.CheckpointsView;
import io.millrace.coordinator.ClusterView.Counters;
import io.millrace.coordinator.ClusterView.EdgeView;
import io.millrace.coordinator.ClusterView.ExceptionView;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.ClusterView.SubtaskView;
import io.millrace.coordinator.ClusterView.VertexView;
import io.millrace.coordinator.JobResult;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Shows a job as a value. Pure; cost: one step for each subtask. */
final class JobPage {
    /** The states that a vertex takes from a single subtask, the one that says most first. */
    private static final List<TaskState> TELLING =
            List.of(
                    TaskState.FAILED,
                    TaskState.CANCELING,
                    TaskState.DEPLOYING,
                    TaskState.RUNNING,
                    TaskState.CREATED,
                    TaskState.CANCELED,
                    TaskState.FINISHED);

    private JobPage() {}

    /** What a job knows beside its subtasks; nullable as in {@link JobView}. */
    record Facts(
            JobState state,
            long startedAtMs,
            int restarts,
            FailureReport failure,
            List<ExceptionView> exceptions,
            JobResult result,
            CheckpointsView checkpoints) {}

    static JobView of(JobGraph graph, JobRegions regions, IntFunction<String> notes, Facts facts) {
        List<VertexView> vertices = new ArrayList<>();
        for (JobVertex vertex : graph.vertices()) {
            vertices.add(
                    vertexView(
                            graph, vertex, regions.runsOf(vertex.id()), decisionOf(vertex, notes)));
        }
        boolean counted = facts.result() != null;
        return new JobView(
                graph.jobId(),
                graph.name(),
                facts.state(),
                graph.mode(),
                facts.startedAtMs(),
                counted ? facts.result().endedAtMs() : -1,
                facts.restarts(),
                counted ? facts.result().recordsIn() : recordsIn(graph, regions),
                counted ? facts.result().recordsOut() : recordsOut(graph, regions),
                facts.failure(),
                vertices,
                graph.edges().stream()
                        .map(e -> new EdgeView(e.sourceVertex(), e.targetVertex(), e.kind()))
                        .toList(),
                facts.exceptions(),
                facts.result(),
                counted ? facts.result().accumulators() : regions.accumulators(),
                facts.checkpoints());
    }

    /** Records that the vertices without inputs have read. */
    static long recordsIn(JobGraph graph, JobRegions regions) {
        return sum(graph, regions, id -> graph.edges().stream().noneMatch(e -> isInput(e, id)))
                .recordsIn();
    }

    /** Records that the vertices without outputs have written. */
    static long recordsOut(JobGraph graph, JobRegions regions) {
        return sum(graph, regions, id -> graph.edges().stream().noneMatch(e -> isOutput(e, id)))
                .recordsOut();
    }

    private static boolean isInput(JobEdge edge, int vertexId) {
        return edge.targetVertex() == vertexId;
    }

    private static boolean isOutput(JobEdge edge, int vertexId) {
        return edge.sourceVertex() == vertexId;
    }

    private static Counters sum(JobGraph graph, JobRegions regions, Predicate<Integer> vertices) {
        return graph.vertices().stream()
                .filter(vertex -> vertices.test(vertex.id()))
                .flatMap(vertex -> regions.runsOf(vertex.id()).stream())
                .map(SubtaskRun::counters)
                .reduce(Counters.ZERO, Counters::plus);
    }

    private static String decisionOf(JobVertex vertex, IntFunction<String> notes) {
        return vertex.isUndecided()
                ? "at most, to be decided when all that it reads is there"
                : notes.apply(vertex.id());
    }

    private static VertexView vertexView(
            JobGraph graph, JobVertex vertex, List<SubtaskRun> runs, String decision) {
        SortedMap<TaskState, Integer> tasks = new TreeMap<>();
        List<SubtaskView> subtasks = new ArrayList<>();
        Counters total = Counters.ZERO;
        for (SubtaskRun run : runs) {
            tasks.merge(run.state(), 1, Integer::sum);
            total = total.plus(run.counters());
            subtasks.add(
                    new SubtaskView(
                            run.id().subtask(),
                            run.id().attempt(),
                            run.state(),
                            run.workerId(),
                            run.host(),
                            run.counters(),
                            run.time()));
        }
        TaskState state =
                TELLING.stream().filter(tasks::containsKey).findFirst().orElse(TaskState.CREATED);
        return new VertexView(
                vertex.id(),
                vertex.name(),
                vertex.parallelism(),
                decision,
                slotGroup(graph, vertex),
                state,
                Collections.unmodifiableSortedMap(tasks),
                total,
                subtasks);
    }

    private static String slotGroup(JobGraph graph, JobVertex vertex) {
        String needs = graph.attachments().slotGroups().get(vertex.slotSharingGroup());
        return vertex.slotSharingGroup() + (needs == null ? "" : " (" + needs + ")");
    }
}
