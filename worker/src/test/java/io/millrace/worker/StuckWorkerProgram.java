package io.millrace.worker;

import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.runtime.exchange.stored.NoStoredExchange;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.message.Placement;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToCoordinator.RegisterWorker;
import io.millrace.runtime.message.ToCoordinator.SplitRequested;
import io.millrace.runtime.message.ToWorker.AssignSplits;
import io.millrace.runtime.message.ToWorker.CancelTasks;
import io.millrace.runtime.message.ToWorker.DeployTasks;
import io.millrace.runtime.message.ToWorker.Welcome;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobPlanner;
import io.millrace.runtime.task.WorkLoopExecutor;
import io.millrace.runtime.testing.CollectSink;
import io.millrace.runtime.testing.Graphs;
import io.millrace.runtime.testing.RangeSource;
import io.millrace.runtime.wire.AppSecret;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker process with a coordinator beside it that deploys a function which hears no interrupt,
 * and cancels it as soon as it hangs.
 */
final class StuckWorkerProgram {
    private static final CountDownLatch HANGING = new CountDownLatch(1);
    private static final RangeSource<Long> NUMBERS = new RangeSource<>(10, number -> number);

    private StuckWorkerProgram() {}

    private static Long hang(Long number) throws InterruptedException {
        Thread dying =
                new Thread(
                        () -> {
                            throw new IllegalStateException("a helper's own failure");
                        },
                        "helper");
        dying.setContextClassLoader(null); // not the engine's, as with a program on a cluster
        dying.start();
        dying.join();
        HANGING.countDown();
        while (number >= 0) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted(); // hears none
        }
        return number;
    }

    private static JobGraph graph() {
        MapFunction<Long, Long> deaf = StuckWorkerProgram::hang;
        return JobPlanner.plan(
                Graphs.in(ExecutionMode.STREAMING)
                        .node(
                                "numbers",
                                new OperatorSpec.SourceSpec(
                                        NUMBERS, WatermarkStrategy.noWatermarks()),
                                Types.LONG)
                        .node("deaf", new OperatorSpec.MapSpec(deaf), Types.LONG)
                        .node("sink", new OperatorSpec.SinkSpec(new CollectSink<Long>()), null)
                        .edge(1, 2, Partitioning.Kind.FORWARD)
                        .edge(2, 3, Partitioning.Kind.FORWARD)
                        .build(),
                new JobId("a".repeat(32)),
                List.of());
    }

    private static void coordinate(FakeCoordinator coordinator) {
        try {
            RegisterWorker registered = (RegisterWorker) coordinator.next();
            coordinator.say(new Welcome(1, 100, 60_000));
            JobGraph graph = graph();
            int vertex = graph.vertices().get(0).id();
            AttemptId attempt = new AttemptId(graph.jobId(), vertex, 0, 0);
            coordinator.say(
                    new DeployTasks(
                            1,
                            graph,
                            List.of(registered.address()),
                            List.of(new Placement(vertex, new int[1], 0)),
                            List.of(attempt)));
            ToCoordinator message = coordinator.next();
            while (!(message instanceof SplitRequested)) {
                message = coordinator.next();
            }
            coordinator.say(new AssignSplits(1, attempt, 0, 1, NUMBERS.splits(1), true));
            HANGING.await();
            coordinator.say(new CancelTasks(1, List.of(attempt)));
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        Config config =
                Config.empty()
                        .with("worker.bind-host", "127.0.0.1")
                        .with("worker.shutdown-timeout", "500 ms")
                        .with("task.threads", args[0])
                        .with("task.cancel-grace", "20 ms")
                        .with("task.cancel-timeout", "300 ms");
        WorkerSettings settings = WorkerSettings.from(config);
        FakeCoordinator coordinator = new FakeCoordinator();
        Thread coordinating = new Thread(() -> coordinate(coordinator), "coordinator");
        coordinating.setDaemon(true);
        coordinating.start();
        UserLoaders loaders =
                new UserLoaders(Plugins.none(), StuckWorkerProgram.class.getClassLoader());
        System.exit(
                WorkerProcess.run(
                        () ->
                                Worker.start(
                                        settings,
                                        new WorkerProfile("worker-1", "127.0.0.1", 1, 1 << 26),
                                        AppSecret.random(),
                                        CoordinatorLink.inProcess("worker-1", coordinator::accept),
                                        (self, exchange, results, listener, fatal) ->
                                                new WorkLoopExecutor(
                                                        self,
                                                        settings.tasks(),
                                                        exchange,
                                                        new NoStoredExchange(),
                                                        new StreamOperators(),
                                                        loaders,
                                                        listener,
                                                        fatal))));
    }
}
