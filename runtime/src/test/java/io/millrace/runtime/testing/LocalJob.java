package io.millrace.runtime.testing;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.local.LocalExchange;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.Placement;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A job on one task executor of this process, with this object in the coordinator's place: it
 * deploys, gives each reader of a {@link RangeSource} its part, and hears how tasks end.
 * Thread-safe.
 */
public final class LocalJob implements AutoCloseable {
    private static final WorkerAddress SELF = new WorkerAddress("local", "localhost", 0);

    private final JobGraph graph;
    private final WorkLoopExecutor executor;
    private final Exchange exchange = new LocalExchange(8);
    private final UserLoaders loaders =
            new UserLoaders(Plugins.none(), LocalJob.class.getClassLoader());
    private final Map<AttemptId, List<ToCoordinator.TaskChanged>> changes = new HashMap<>();
    private final Set<AttemptId> served = new HashSet<>();
    private final List<Throwable> fatal = new ArrayList<>();

    public LocalJob(StreamGraph program, OperatorCatalogue catalogue, Config config) {
        this.graph =
                JobPlanner.plan(program, new JobId("00000000000000000000000000000001"), List.of());
        this.executor =
                new WorkLoopExecutor(
                        SELF,
                        TaskSettings.from(config),
                        exchange,
                        catalogue,
                        loaders,
                        this::onMessage,
                        this::onFatal);
    }

    public JobGraph graph() {
        return graph;
    }

    public WorkLoopExecutor executor() {
        return executor;
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

    public LocalJob start() {
        List<Placement> placements = new ArrayList<>();
        for (JobVertex vertex : graph.vertices()) {
            placements.add(new Placement(vertex.id(), new int[vertex.parallelism()], 0));
        }
        executor.deploy(new ToWorker.DeployTasks(1, graph, List.of(SELF), placements, attempts()));
        return this;
    }

    public void cancel() {
        executor.cancel(new ToWorker.CancelTasks(1, attempts()));
    }

    private void onMessage(ToCoordinator message) {
        if (message instanceof ToCoordinator.SplitRequested request) {
            serve(request);
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
        boolean first;
        synchronized (served) {
            first = served.add(attempt);
        }
        List<byte[]> splits =
                first
                        ? List.of(
                                ((RangeSource<?>) spec.source())
                                        .splits(vertex.parallelism())
                                        .get(attempt.subtask()))
                        : List.of();
        executor.assignSplits(
                new ToWorker.AssignSplits(1, attempt, request.operatorIndex(), 1, splits, !first));
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
                            "after " + seconds + " s: " + last + " of " + executor.progress());
                }
                try {
                    changes.wait(leftMs);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
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

    @Override
    public void close() {
        executor.close();
        exchange.close();
        loaders.close();
    }
}
