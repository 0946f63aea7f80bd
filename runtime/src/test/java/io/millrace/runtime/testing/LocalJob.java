package io.millrace.runtime.testing;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.local.LocalExchange;
import io.millrace.runtime.exchange.remote.NetworkExchange;
import io.millrace.runtime.exchange.remote.RemoteExchangeSettings;
import io.millrace.runtime.exchange.stored.NoStoredExchange;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobPlanner;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.task.TaskSettings;
import io.millrace.runtime.task.WorkLoopExecutor;
import io.millrace.runtime.wire.AppSecret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A job on task executors of this process, one or two with a network between them, with this object
 * in the coordinator's place: it deploys, gives each reader of a {@link RangeSource} its part, and
 * hears how tasks end. Thread-safe.
 */
public final class LocalJob implements AutoCloseable {
    private static final int CHANNEL_ITEMS = 8;

    private final JobGraph graph;
    private final List<WorkerAddress> workers = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<WorkLoopExecutor> executors = new ArrayList<>();
    private final UserLoaders loaders =
            new UserLoaders(Plugins.none(), LocalJob.class.getClassLoader());
    private final Map<AttemptId, List<ToCoordinator.TaskChanged>> changes = new HashMap<>();
    private final Map<Long, LocalCheckpoint> checkpoints = new HashMap<>();
    private final Set<AttemptId> served = new HashSet<>();
    private final List<Throwable> fatal = new ArrayList<>();
    private volatile Consumer<ToCoordinator> beforeEach = message -> {};

    /** On one executor. */
    public LocalJob(StreamGraph program, OperatorCatalogue catalogue, Config config) {
        this(program);
        add(
                new WorkerAddress("local", "localhost", 0),
                new LocalExchange(CHANNEL_ITEMS),
                catalogue,
                config);
    }

    private LocalJob(StreamGraph program) {
        this.graph =
                JobPlanner.plan(program, new JobId("00000000000000000000000000000001"), List.of());
    }

    /** On two executors in turn for the vertices, so that every edge goes over loopback. */
    public static LocalJob overNetwork(
            StreamGraph program, OperatorCatalogue catalogue, Config config) {
        LocalJob job = new LocalJob(program);
        AppSecret secret = AppSecret.random();
        for (String id : List.of("worker-1", "worker-2")) {
            NetworkExchange exchange =
                    NetworkExchange.serve(
                            id,
                            "127.0.0.1",
                            0,
                            secret,
                            RemoteExchangeSettings.from(config),
                            new LocalExchange(CHANNEL_ITEMS));
            job.add(
                    new WorkerAddress(id, "127.0.0.1", exchange.port()),
                    exchange,
                    catalogue,
                    config);
        }
        return job;
    }

    private void add(
            WorkerAddress self, Exchange exchange, OperatorCatalogue catalogue, Config config) {
        workers.add(self);
        exchanges.add(exchange);
        executors.add(
                new WorkLoopExecutor(
                        self,
                        TaskSettings.from(config),
                        exchange,
                        new NoStoredExchange(),
                        catalogue,
                        loaders,
                        this::onMessage,
                        this::onFatal));
    }

    private int workerOf(int vertexId) {
        for (int i = 0; i < graph.vertices().size(); i++) {
            if (graph.vertices().get(i).id() == vertexId) {
                return i % workers.size();
            }
        }
        throw new AssertionError("no vertex " + vertexId);
    }

    public JobGraph graph() {
        return graph;
    }

    public WorkLoopExecutor executor() {
        return executors.get(0);
    }

    public List<AttemptId> attempts() {
        List<AttemptId> attempts = new ArrayList<>();
        for (JobVertex vertex : graph.vertices()) {
            for (int subtask = 0; subtask < vertex.parallelism(); subtask++) {
                attempts.add(new AttemptId(graph.jobId(), vertex.id(), subtask, 0));
            }
        }
        return attempts;
    }

    /** From the beginning. */
    public LocalJob start() {
        return start(List.of());
    }

    /** From a checkpoint of a job with the same graph. */
    public LocalJob start(LocalCheckpoint checkpoint) {
        synchronized (served) {
            served.addAll(checkpoint.served());
        }
        return start(checkpoint.restores(graph));
    }

    private LocalJob start(List<TaskRestore> restores) {
        List<Placement> placements = new ArrayList<>();
        for (JobVertex vertex : graph.vertices()) {
            int[] placed = new int[vertex.parallelism()];
            Arrays.fill(placed, workerOf(vertex.id()));
            placements.add(new Placement(vertex.id(), placed, 0));
        }
        for (int i = 0; i < executors.size(); i++) {
            executors
                    .get(i)
                    .deploy(
                            new ToWorker.DeployTasks(
                                    1,
                                    graph,
                                    workers,
                                    placements,
                                    attemptsOn(i),
                                    restores,
                                    List.of()));
        }
        return this;
    }

    private List<AttemptId> attemptsOn(int worker) {
        return attempts().stream().filter(a -> workerOf(a.vertexId()) == worker).toList();
    }

    /** Begins a checkpoint of all tasks that have not finished. */
    public LocalCheckpoint trigger(long id) {
        LocalCheckpoint checkpoint;
        synchronized (served) {
            checkpoint = new LocalCheckpoint(id, served);
        }
        synchronized (changes) {
            checkpoints.put(id, checkpoint);
        }
        for (int i = 0; i < executors.size(); i++) {
            List<AttemptId> running = attemptsOn(i).stream().filter(this::isRunning).toList();
            finishedOf(i).forEach(checkpoint::finished);
            checkpoint.expect();
            executors
                    .get(i)
                    .triggerCheckpoint(
                            new ToWorker.TriggerCheckpoint(
                                    1, graph.jobId(), id, 1000 * id, CheckpointKind.FULL, running));
        }
        return checkpoint;
    }

    /** One that was triggered. */
    public LocalCheckpoint checkpoint(long id) {
        synchronized (changes) {
            return checkpoints.get(id);
        }
    }

    private boolean isRunning(AttemptId attempt) {
        synchronized (changes) {
            List<ToCoordinator.TaskChanged> all = changes.getOrDefault(attempt, List.of());
            return all.isEmpty() || !all.get(all.size() - 1).state().isTerminal();
        }
    }

    private List<AttemptId> finishedOf(int worker) {
        return attemptsOn(worker).stream().filter(attempt -> !isRunning(attempt)).toList();
    }

    /** Tells the tasks how a checkpoint ended. */
    public void ended(long id, boolean complete) {
        executors.forEach(
                executor ->
                        executor.checkpointEnded(
                                new ToWorker.CheckpointEnded(1, graph.jobId(), id, complete)));
    }

    public void cancel() {
        for (int i = 0; i < executors.size(); i++) {
            executors.get(i).cancel(new ToWorker.CancelTasks(1, attemptsOn(i)));
        }
    }

    /** Sees each message before it counts as told. */
    public LocalJob beforeEach(Consumer<ToCoordinator> seen) {
        beforeEach = seen;
        return this;
    }

    private void onMessage(ToCoordinator message) {
        beforeEach.accept(message);
        if (message instanceof ToCoordinator.SplitRequested request) {
            serve(request);
        } else if (message instanceof ToCoordinator.CheckpointAcked acked) {
            synchronized (changes) {
                checkpoints.get(acked.checkpointId()).acked(acked);
                changes.notifyAll();
            }
        } else if (message instanceof ToCoordinator.CheckpointDeclined declined) {
            synchronized (changes) {
                LocalCheckpoint known = checkpoints.get(declined.checkpointId());
                if (known != null) { // else a test has asked by itself
                    known.declined(declined);
                }
                changes.notifyAll();
            }
        } else if (message instanceof ToCoordinator.TaskChanged changed) {
            synchronized (changes) {
                changes.computeIfAbsent(changed.attempt(), a -> new ArrayList<>()).add(changed);
                changes.notifyAll();
            }
        }
    }

    private void serve(ToCoordinator.SplitRequested request) {
        AttemptId attempt = request.attempt();
        JobVertex vertex = graph.vertex(attempt.vertexId());
        ChainedOperator operator = vertex.operators().get(request.operatorIndex());
        OperatorSpec.SourceSpec spec =
                (OperatorSpec.SourceSpec)
                        JavaSerialization.read(
                                operator.spec(), getClass().getClassLoader(), OperatorSpec.class);
        synchronized (served) { // a checkpoint is triggered before or behind all of it
            serve(request, vertex, spec, served.add(attempt));
        }
    }

    private void serve(
            ToCoordinator.SplitRequested request,
            JobVertex vertex,
            OperatorSpec.SourceSpec spec,
            boolean first) {
        AttemptId attempt = request.attempt();
        List<byte[]> splits =
                first
                        ? List.of(
                                ((RangeSource<?>) spec.source())
                                        .splits(vertex.parallelism())
                                        .get(attempt.subtask()))
                        : List.of();
        executors
                .get(workerOf(attempt.vertexId()))
                .assignSplits(
                        new ToWorker.AssignSplits(
                                1, attempt, request.operatorIndex(), 1, splits, !first));
    }

    /** Waits until every worker has answered, or a simulated crash has happened. */
    public LocalCheckpoint awaitOrCrash(LocalCheckpoint checkpoint, long seconds) {
        return await(checkpoint, seconds, () -> System.getProperty(FaultPoint.CRASH_AT) == null);
    }

    /** Waits until every worker has answered. */
    public LocalCheckpoint await(LocalCheckpoint checkpoint, long seconds) {
        return await(checkpoint, seconds, () -> false);
    }

    private LocalCheckpoint await(
            LocalCheckpoint checkpoint, long seconds, BooleanSupplier enough) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        synchronized (changes) {
            while (!checkpoint.isAnswered() && fatal.isEmpty() && !enough.getAsBoolean()) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMs <= 0) {
                    throw new AssertionError(
                            checkpoint + " after " + seconds + " s: " + progress());
                }
                try {
                    changes.wait(Math.min(leftMs, 20));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return checkpoint;
    }

    private void onFatal(Throwable error) {
        synchronized (changes) {
            fatal.add(error);
            changes.notifyAll();
        }
    }

    /** Waits until every task has told its end. */
    public Map<AttemptId, ToCoordinator.TaskChanged> awaitEnd(long seconds) {
        return await(seconds, TaskState::isTerminal);
    }

    /** Waits until every task runs, or has ended. */
    public void awaitRunning(long seconds) {
        await(seconds, state -> true);
    }

    private Map<AttemptId, ToCoordinator.TaskChanged> await(
            long seconds, Predicate<TaskState> wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        synchronized (changes) {
            while (true) {
                Map<AttemptId, ToCoordinator.TaskChanged> last = new HashMap<>();
                changes.forEach((attempt, all) -> last.put(attempt, all.get(all.size() - 1)));
                boolean all =
                        last.size() == attempts().size()
                                && last.values().stream().allMatch(c -> wanted.test(c.state()));
                if (all || !fatal.isEmpty()) {
                    return last;
                }
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMs <= 0) {
                    throw new AssertionError(
                            "after " + seconds + " s: " + last + " of " + progress());
                }
                try {
                    changes.wait(leftMs);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** Whether every task has finished. */
    public boolean isFinished() {
        return attempts().stream().noneMatch(this::isRunning);
    }

    /** Waits until the executors know no task any more. */
    public void awaitForgotten(long seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!progress().isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("after " + seconds + " s there are " + progress());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted when there are " + progress());
            }
            LockSupport.parkNanos(200_000);
        }
    }

    /** Waits for the end and expects that every task finished. */
    public void awaitFinished(long seconds) {
        for (ToCoordinator.TaskChanged end : awaitEnd(seconds).values()) {
            if (end.state() != TaskState.FINISHED) {
                FailureReport failure = end.failure();
                throw new AssertionError(
                        end.attempt()
                                + " is "
                                + end.state()
                                + (failure == null
                                        ? ""
                                        : ": " + failure.headline() + failure.stackTrace()));
            }
        }
        if (!fatal.isEmpty()) {
            throw new AssertionError(fatal);
        }
    }

    /** What no process should survive; empty if all is well. */
    public List<Throwable> fatal() {
        synchronized (changes) {
            return List.copyOf(fatal);
        }
    }

    private List<TaskProgress> progress() {
        return executors.stream().flatMap(executor -> executor.progress().stream()).toList();
    }

    @Override
    public void close() {
        executors.forEach(WorkLoopExecutor::close);
        exchanges.forEach(Exchange::close);
        loaders.close();
    }
}
