package io.millrace.coordinator.job;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.checkpoint.Restores;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes the messages that start and end a job's tasks: one for each worker, or a few. Confined to
 * the coordinator's thread; remembers which workers have heard of the job.
 */
final class Deployment {
    private final Supplier<JobGraph> graph;
    private final long epoch;
    private final WorkerPool pool;
    private final Set<String> told;

    /**
     * @param graph gives the job as far as it is decided
     * @param told workers that have heard of the job before
     */
    Deployment(Supplier<JobGraph> graph, long epoch, WorkerPool pool, Collection<String> told) {
        this.graph = graph;
        this.epoch = epoch;
        this.pool = pool;
        this.told = new LinkedHashSet<>(told);
    }

    /**
     * The messages that start these regions, which have been placed.
     *
     * @param restores for any of their subtasks
     * @param inputsOf what each of them reads of earlier stages
     */
    List<Effect> of(
            List<Region> regions, Restores restores, Function<Region, List<ResultInput>> inputsOf) {
        Map<String, Integer> indices = new LinkedHashMap<>();
        Map<String, ArrayDeque<DeploymentLoad>> loads = new LinkedHashMap<>();
        List<Placement> placements = new ArrayList<>();
        for (Region region : regions) {
            List<ResultInput> read = inputsOf.apply(region);
            for (SubtaskRun run : region.runs()) {
                String worker = run.workerId();
                if (region.isOneSubtask()) {
                    run.reads(read);
                }
                indices.putIfAbsent(worker, indices.size());
                loadFor(loads.computeIfAbsent(worker, id -> new ArrayDeque<>()), read)
                        .add(run.id(), read);
            }
            if (!region.isOneSubtask()) { // others have nobody to exchange records with now
                for (int vertexId : region.vertexIds()) {
                    int[] workers =
                            region.runsOf(vertexId).stream()
                                    .mapToInt(run -> indices.get(run.workerId()))
                                    .toArray();
                    placements.add(new Placement(vertexId, workers, region.attempt()));
                }
            }
        }
        List<WorkerAddress> addresses = indices.keySet().stream().map(pool::address).toList();
        told.addAll(indices.keySet());
        List<Effect> sends = new ArrayList<>();
        loads.forEach(
                (worker, own) ->
                        own.forEach(
                                load ->
                                        sends.add(
                                                new Effect.Send(
                                                        worker,
                                                        message(
                                                                addresses,
                                                                placements,
                                                                load,
                                                                restores.of(load.tasks()))))));
        return sends;
    }

    /**
     * The message that starts one more attempt of a subtask that is a region.
     *
     * @param inputs what it reads of earlier stages
     */
    List<Effect> another(SubtaskRun run, List<ResultInput> inputs) {
        DeploymentLoad load = new DeploymentLoad();
        load.add(run.id(), inputs);
        run.reads(inputs);
        told.add(run.workerId());
        return List.of(
                new Effect.Send(
                        run.workerId(),
                        new ToWorker.DeployTasks(
                                epoch,
                                graph.get(),
                                List.of(run.worker()),
                                List.of(),
                                load.tasks(),
                                List.of(),
                                load.inputs())));
    }

    /** What reads a great deal is told in several messages. */
    private static DeploymentLoad loadFor(
            ArrayDeque<DeploymentLoad> ofWorker, List<ResultInput> read) {
        if (ofWorker.isEmpty() || !ofWorker.getLast().takes(read)) {
            ofWorker.add(new DeploymentLoad());
        }
        return ofWorker.getLast();
    }

    private ToWorker.DeployTasks message(
            List<WorkerAddress> workers,
            List<Placement> placements,
            DeploymentLoad load,
            Restores restores) {
        return new ToWorker.DeployTasks(
                epoch,
                graph.get(),
                workers,
                List.copyOf(placements),
                load.tasks(),
                restores.tasks(),
                load.inputs(),
                restores.inManifest());
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

    /** The messages that end these attempts, which hear before that a savepoint is complete. */
    List<Effect> stop(List<SubtaskRun> runs, long checkpointId) {
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
                                        new ToWorker.StopTasks(
                                                epoch,
                                                graph.get().jobId(),
                                                checkpointId,
                                                List.copyOf(attempts)))));
        return sends;
    }

    /** The messages that let workers drop results, those of them that are in the pool. */
    List<Effect> drop(List<StoredResult> results) {
        Map<String, List<ResultId>> byWorker = new LinkedHashMap<>();
        for (StoredResult result : results) {
            String worker = result.worker().workerId();
            if (!pool.contains(worker) && result.node() != null) {
                // Any worker of the node can remove what one that has gone has left there.
                worker = pool.workerAt(result.node()).orElse(worker);
            }
            if (pool.contains(worker)) {
                byWorker.computeIfAbsent(worker, id -> new ArrayList<>()).add(result.id());
            }
        }
        List<Effect> sends = new ArrayList<>();
        byWorker.forEach(
                (worker, ids) ->
                        sends.add(
                                new Effect.Send(
                                        worker,
                                        new ToWorker.DropResults(epoch, List.copyOf(ids)))));
        return sends;
    }

    /**
     * A worker has come back that earlier leaders have told of the job.
     *
     * @param useless what it has and nobody counts on
     */
    List<Effect> onWorkerReturned(String workerId, List<ResultId> useless) {
        told.add(workerId);
        return useless.isEmpty()
                ? List.of()
                : List.of(new Effect.Send(workerId, new ToWorker.DropResults(epoch, useless)));
    }

    /** The workers that have heard of the job, in that order. */
    List<String> told() {
        return List.copyOf(told);
    }

    /** The messages that let the workers forget the job, for those that are still in the pool. */
    List<Effect> release() {
        return told.stream()
                .filter(pool::contains)
                .<Effect>map(
                        worker ->
                                new Effect.Send(
                                        worker,
                                        new ToWorker.ReleaseJob(epoch, graph.get().jobId())))
                .toList();
    }
}
