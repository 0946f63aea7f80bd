package io.millrace.batch.shuffle;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.batch.BatchOperators;
import io.millrace.runtime.compress.BlockCompression;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToCoordinator.TaskChanged;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobPlanner;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.task.TaskSettings;
import io.millrace.runtime.task.WorkLoopExecutor;
import io.millrace.runtime.testing.RangeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A job whose edges are all stored, on two workers of this process, with this object in the
 * coordinator's place: it deploys one vertex after the other. Subtasks are on both workers in turn.
 * Thread-safe.
 */
final class StagedJob implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final JobGraph graph;
    private final UserLoaders loaders =
            new UserLoaders(Plugins.none(), StagedJob.class.getClassLoader());
    private final List<ShuffleWorker> workers = new ArrayList<>();
    private final List<WorkLoopExecutor> executors = new ArrayList<>();
    // Guarded by ends.
    private final List<TaskChanged> ends = new ArrayList<>();
    private final Set<AttemptId> served = new HashSet<>();

    /**
     * @param stored gives what a worker keeps results with
     */
    StagedJob(StreamGraph program, Path directory, Function<ShuffleWorker, StoredExchange> stored) {
        this.graph = withStoredEdges(JobPlanner.plan(program, Edge.JOB, List.of()));
        for (String id : List.of("worker-1", "worker-2")) {
            ShuffleWorker worker =
                    new ShuffleWorker(
                            id,
                            new ShuffleSettings(
                                    64 << 10,
                                    64 << 10,
                                    BlockCompression.LZ4,
                                    List.of(directory),
                                    1),
                            Disk.LOCAL);
            workers.add(worker);
            executors.add(
                    new WorkLoopExecutor(
                            worker.address(),
                            TaskSettings.from(Config.empty()),
                            worker.network(),
                            stored.apply(worker),
                            new BatchOperators(),
                            loaders,
                            this::onMessage,
                            error -> {
                                throw new AssertionError(error);
                            }));
        }
    }

    private static JobGraph withStoredEdges(JobGraph plan) {
        List<JobEdge> edges =
                plan.edges().stream()
                        .map(
                                edge ->
                                        new JobEdge(
                                                edge.id(),
                                                edge.sourceVertex(),
                                                edge.sourceOperator(),
                                                edge.sourceTag(),
                                                edge.targetVertex(),
                                                edge.targetInput(),
                                                edge.kind(),
                                                edge.partitioning(),
                                                true))
                        .toList();
        return new JobGraph(
                plan.jobId(),
                plan.name(),
                plan.mode(),
                plan.bounded(),
                plan.vertices(),
                edges,
                plan.config(),
                plan.userJars(),
                plan.attachments());
    }

    int stages() {
        return graph.vertices().size();
    }

    DiskExchange disk(WorkerAddress worker) {
        return workers.stream()
                .filter(one -> one.address().equals(worker))
                .findFirst()
                .orElseThrow()
                .disk();
    }

    /** Runs all subtasks of a vertex and gives how they ended. */
    List<TaskChanged> run(int stage, List<StoredResult> inputs) {
        JobVertex vertex = graph.vertices().get(stage);
        List<WorkerAddress> addresses = workers.stream().map(ShuffleWorker::address).toList();
        int[] placed = IntStream.range(0, vertex.parallelism()).map(i -> i % 2).toArray();
        synchronized (ends) {
            ends.clear();
        }
        for (int worker = 0; worker < workers.size(); worker++) {
            List<AttemptId> attempts = new ArrayList<>();
            for (int subtask = worker; subtask < vertex.parallelism(); subtask += 2) {
                attempts.add(new AttemptId(graph.jobId(), vertex.id(), subtask, 0));
            }
            executors
                    .get(worker)
                    .deploy(
                            new ToWorker.DeployTasks(
                                    1,
                                    graph,
                                    addresses,
                                    List.of(new Placement(vertex.id(), placed, 0)),
                                    attempts,
                                    List.of(),
                                    inputs.stream().map(StagedJob::allRanges).toList()));
        }
        return awaitEnds(vertex.parallelism());
    }

    private static ResultInput allRanges(StoredResult result) {
        return new ResultInput(
                result.id(),
                result.worker(),
                IntStream.range(0, result.ranges().size())
                        .mapToObj(range -> result.slice(range, range + 1))
                        .toList());
    }

    /** Runs one that finishes and gives what it keeps for the next one. */
    List<StoredResult> finish(int stage, List<StoredResult> inputs) {
        List<StoredResult> results = new ArrayList<>();
        for (TaskChanged end : run(stage, inputs)) {
            if (end.state() != TaskState.FINISHED) {
                throw new AssertionError(
                        end.attempt() + ": " + end.failure().headline() + end.failure());
            }
            results.addAll(end.results());
        }
        return results;
    }

    private List<TaskChanged> awaitEnds(int tasks) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        synchronized (ends) {
            while (ends.size() < tasks) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMs <= 0) {
                    throw new AssertionError(ends + " of " + tasks + " tasks have ended");
                }
                try {
                    ends.wait(leftMs);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return List.copyOf(ends);
        }
    }

    private void onMessage(ToCoordinator message) {
        if (message instanceof ToCoordinator.SplitRequested request) {
            serve(request);
        } else if (message instanceof TaskChanged changed && changed.state().isTerminal()) {
            synchronized (ends) {
                ends.add(changed);
                ends.notifyAll();
            }
        }
    }

    private void serve(ToCoordinator.SplitRequested request) {
        AttemptId attempt = request.attempt();
        JobVertex vertex = graph.vertex(attempt.vertexId());
        OperatorSpec.SourceSpec spec =
                (OperatorSpec.SourceSpec)
                        JavaSerialization.read(
                                vertex.operators().get(request.operatorIndex()).spec(),
                                getClass().getClassLoader(),
                                OperatorSpec.class);
        boolean first;
        synchronized (ends) {
            first = served.add(attempt);
        }
        List<byte[]> all = ((RangeSource<?>) spec.source()).splits(vertex.parallelism());
        executors
                .get(attempt.subtask() % 2)
                .assignSplits(
                        new ToWorker.AssignSplits(
                                1,
                                attempt,
                                request.operatorIndex(),
                                1,
                                first ? List.of(all.get(attempt.subtask())) : List.of(),
                                !first));
    }

    void drop(List<StoredResult> results) {
        executors.forEach(
                executor ->
                        executor.dropResults(
                                new ToWorker.DropResults(
                                        1, results.stream().map(StoredResult::id).toList())));
    }

    void release() {
        executors.forEach(
                executor -> executor.releaseJob(new ToWorker.ReleaseJob(1, graph.jobId())));
    }

    @Override
    public void close() {
        executors.forEach(WorkLoopExecutor::close);
        workers.forEach(ShuffleWorker::close);
        loaders.close();
    }
}
