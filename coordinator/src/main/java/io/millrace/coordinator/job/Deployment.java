package io.millrace.coordinator.job;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the messages that start and end a job's tasks: one for each worker. Confined to the
 * coordinator's thread; remembers which workers have heard of the job.
 */
final class Deployment {
    private final JobGraph graph;
    private final long epoch;
    private final WorkerPool pool;
    private final Set<String> told = new LinkedHashSet<>();

    Deployment(JobGraph graph, long epoch, WorkerPool pool) {
        this.graph = graph;
        this.epoch = epoch;
        this.pool = pool;
    }

    /**
     * The messages that start these regions, which have been placed.
     *
     * @param restores for any of their subtasks
     */
    List<Effect> of(List<Region> regions, List<TaskRestore> restores) {
        Map<String, Integer> indices = new LinkedHashMap<>();
        Map<String, List<AttemptId>> tasks = new LinkedHashMap<>();
        List<Placement> placements = new ArrayList<>();
        for (Region region : regions) {
            for (int vertexId : region.vertexIds()) {
                List<SubtaskRun> runs = region.runsOf(vertexId);
                int[] workers = new int[runs.size()];
                for (SubtaskRun run : runs) {
                    String worker = run.workerId();
                    indices.putIfAbsent(worker, indices.size());
                    workers[run.id().subtask()] = indices.get(worker);
                    tasks.computeIfAbsent(worker, id -> new ArrayList<>()).add(run.id());
                }
                placements.add(new Placement(vertexId, workers, region.attempt()));
            }
        }
        List<WorkerAddress> addresses = indices.keySet().stream().map(pool::address).toList();
        told.addAll(indices.keySet());
        List<Effect> sends = new ArrayList<>();
        tasks.forEach(
                (worker, attempts) ->
                        sends.add(
                                new Effect.Send(
                                        worker,
                                        new ToWorker.DeployTasks(
                                                epoch,
                                                graph,
                                                addresses,
                                                List.copyOf(placements),
                                                List.copyOf(attempts),
                                                restoresOf(attempts, restores),
                                                List.of()))));
        return sends;
    }

    private static List<TaskRestore> restoresOf(
            List<AttemptId> attempts, List<TaskRestore> restores) {
        return restores.stream()
                .filter(
                        restore ->
                                attempts.stream()
                                        .anyMatch(
                                                attempt ->
                                                        attempt.vertexId() == restore.vertexId()
                                                                && attempt.subtask()
                                                                        == restore.subtask()))
                .toList();
    }

    /** The messages that end these attempts, whose workers are in the pool. */
    List<Effect> cancel(List<SubtaskRun> runs) {
        Map<String, List<AttemptId>> tasks = new LinkedHashMap<>();
        for (SubtaskRun run : runs) {
            tasks.computeIfAbsent(run.workerId(), id -> new ArrayList<>()).add(run.id());
        }
        List<Effect> sends = new ArrayList<>();
        tasks.forEach(
                (worker, attempts) ->
                        sends.add(
                                new Effect.Send(
                                        worker,
                                        new ToWorker.CancelTasks(epoch, List.copyOf(attempts)))));
        return sends;
    }

    /** The messages that let the workers forget the job, for those that are still in the pool. */
    List<Effect> release() {
        return told.stream()
                .filter(pool::contains)
                .<Effect>map(
                        worker ->
                                new Effect.Send(
                                        worker, new ToWorker.ReleaseJob(epoch, graph.jobId())))
                .toList();
    }
}
