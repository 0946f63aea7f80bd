package io.millrace.worker;

import io.millrace.api.error.MillraceException;
import io.millrace.runtime.exchange.local.LocalExchange;
import io.millrace.runtime.exchange.remote.NetworkExchange;
import io.millrace.runtime.message.ToCoordinator.RegisterWorker;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.task.TaskExecutor;
import io.millrace.runtime.wire.AppSecret;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: registered with a coordinator, running its tasks, serving their data. Thread-safe.
 *
 * <p>It ends by itself when the coordinator says so, rejects it, or is silent for the lease; then
 * its tasks are cancelled, and {@link #awaitExit} tells why.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int LOCAL_CHANNEL_ITEMS = 16;

    private final WorkerProfile profile;
    private final WorkerSettings settings;
    private final WorkerAddress address;
    private final NetworkExchange exchange;
    private final TaskExecutor executor;
    private final WorkerLoop loop;
    private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();

    private Worker(
            WorkerProfile profile,
            WorkerSettings settings,
            WorkerAddress address,
            NetworkExchange exchange,
            TaskExecutor executor,
            WorkerLoop loop) {
        this.profile = profile;
        this.settings = settings;
        this.address = address;
        this.exchange = exchange;
        this.executor = executor;
        this.loop = loop;
    }

    /**
     * Serves data, connects, asks to register, and returns; registration goes on by itself.
     *
     * @param secret of the application; for data connections
     * @param coordinator of {@link CoordinatorLink#overNetwork} or {@link
     *     CoordinatorLink#inProcess}
     * @throws MillraceException {@code CLUSTER_UNREACHABLE} or {@code AUTHENTICATION_FAILED} if
     *     there is no connection to the coordinator; nothing is left behind then
     */
    public static Worker start(
            WorkerSettings settings,
            WorkerProfile profile,
            AppSecret secret,
            CoordinatorLink.Connector coordinator,
            TaskExecutorFactory executors) {
        return start(settings, profile, secret, coordinator, executors, tokens -> {});
    }

    /**
     * The same for a process that acts with tokens, of which the coordinator sends new ones.
     *
     * @param tokens takes them, sealed; called by the worker's thread, must not throw
     */
    public static Worker start(
            WorkerSettings settings,
            WorkerProfile profile,
            AppSecret secret,
            CoordinatorLink.Connector coordinator,
            TaskExecutorFactory executors,
            Consumer<byte[]> tokens) {
        NetworkExchange exchange =
                NetworkExchange.serve(
                        profile.workerId(),
                        settings.bindHost(),
                        settings.dataPort(),
                        secret,
                        settings.exchange(),
                        localExchange(settings));
        return start(settings, profile, coordinator, executors, exchange, tokens);
    }

    /**
     * The same for a worker that may stay the only one of its cluster: it has its port, but nobody
     * answers there until {@link #serveOthers} is called. Other workers that come before that wait.
     */
    public static Worker startAlone(
            WorkerSettings settings,
            WorkerProfile profile,
            AppSecret secret,
            CoordinatorLink.Connector coordinator,
            TaskExecutorFactory executors) {
        NetworkExchange exchange =
                NetworkExchange.reserve(
                        profile.workerId(),
                        settings.bindHost(),
                        settings.dataPort(),
                        secret,
                        settings.exchange(),
                        localExchange(settings));
        return start(settings, profile, coordinator, executors, exchange, tokens -> {});
    }

    private static LocalExchange localExchange(WorkerSettings settings) {
        return new LocalExchange(LOCAL_CHANNEL_ITEMS, settings.exchange().drainTarget());
    }

    /**
     * @param exchange closed with the worker, and if it does not start
     */
    private static Worker start(
            WorkerSettings settings,
            WorkerProfile profile,
            CoordinatorLink.Connector coordinator,
            TaskExecutorFactory executors,
            NetworkExchange exchange,
            Consumer<byte[]> tokens) {
        WorkerAddress address =
                new WorkerAddress(profile.workerId(), profile.host(), exchange.port());
        TaskVoice voice = new TaskVoice();
        AtomicReference<TaskExecutor> holder = new AtomicReference<>(); // set before the loop runs
        WorkerLoop loop =
                new WorkerLoop(
                        profile.workerId(),
                        new WorkerProtocol(
                                settings.connectTimeout().toMillis(),
                                settings.orphanTimeout().toMillis(),
                                () -> !holder.get().results().isEmpty(),
                                monotonicMs()),
                        Worker::monotonicMs);
        TaskExecutor executor =
                executors.create(
                        address,
                        exchange,
                        exchange,
                        voice,
                        error -> loop.stop(exitOf(error), error));
        holder.set(executor);
        loop.actOn(
                executor,
                (receiver, epoch, results) -> {
                    CoordinatorLink link = coordinator.connect(receiver);
                    voice.speakTo(link);
                    link.send(registration(profile, address, epoch, results));
                    return link;
                },
                tokens);
        try {
            loop.join();
        } catch (RuntimeException e) {
            try (exchange;
                    executor) {
                throw e;
            }
        }
        Worker worker = new Worker(profile, settings, address, exchange, executor, loop);
        worker.begin();
        return worker;
    }

    /** Answers other workers from now on, if it does not yet and has not ended. */
    public void serveOthers() {
        exchange.openToOthers();
    }

    private static RegisterWorker registration(
            WorkerProfile profile, WorkerAddress address, long epoch, List<ResultId> results) {
        return new RegisterWorker(
                address,
                profile.slots(),
                profile.memoryBytes(),
                ProcessHandle.current().pid(),
                epoch,
                results);
    }

    /**
     * The executor reports a defect as what was thrown, and stuck user code as an error of ours.
     */
    private static WorkerExit exitOf(Throwable fatal) {
        return fatal instanceof MillraceException ? WorkerExit.TASKS_STUCK : WorkerExit.DEFECT;
    }

    private static long monotonicMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void begin() {
        Thread thread = new Thread(this::live, "worker-" + profile.workerId());
        thread.setDaemon(true);
        thread.start();
        LOG.info(
                "Started: worker={} data_port={} slots={} loops={}",
                profile.workerId(),
                address.dataPort(),
                profile.slots(),
                settings.tasks().loops());
    }

    private void live() {
        try {
            WorkerStep.End end = loop.run();
            LOG.info(
                    "Ending: worker={} exit={} reason=\"{}\"",
                    profile.workerId(),
                    end.exit(),
                    end.reason());
            boolean ended = release();
            exit.complete(
                    ended || end.exit() == WorkerExit.DEFECT ? end.exit() : WorkerExit.TASKS_STUCK);
        } catch (Throwable e) {
            LOG.error("The loop of worker {} failed; its process must end", profile.workerId(), e);
            release();
            exit.complete(WorkerExit.DEFECT);
        }
    }

    /**
     * Cancels the tasks and lets go of everything; returns false if user code did not end in time.
     */
    private boolean release() {
        boolean ended = closeExecutor();
        try (exchange) {
            loop.closeLink();
            return ended;
        }
    }

    private boolean closeExecutor() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread closing =
                new Thread(
                        () -> {
                            try {
                                executor.close();
                                closed.complete(null);
                            } catch (Throwable e) {
                                closed.completeExceptionally(e);
                            }
                        },
                        "worker-close-" + profile.workerId());
        closing.setDaemon(true);
        closing.start();
        try {
            closed.get(settings.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return executor.progress().stream().allMatch(task -> task.state().isTerminal());
        } catch (TimeoutException e) {
            LOG.error(
                    "Tasks of worker {} did not end within {} ms; the process must be killed",
                    profile.workerId(),
                    settings.shutdownTimeout().toMillis());
            return false;
        } catch (ExecutionException e) {
            LOG.error("Tasks of worker {} failed to end", profile.workerId(), e.getCause());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where this worker serves data. */
    public WorkerAddress address() {
        return address;
    }

    /** Begins to end the worker, with exit {@link WorkerExit#SHUT_DOWN}; returns at once. */
    public void stop(String reason) {
        loop.stop(WorkerExit.SHUT_DOWN, reason);
    }

    /** Waits until the worker has ended. */
    public WorkerExit awaitExit() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("only completed with a value", e);
        }
    }

    /** Waits until the worker has ended, or the time is over; null in that case. */
    public WorkerExit awaitExit(long timeoutMs) throws InterruptedException {
        try {
            return exit.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("only completed with a value", e);
        }
    }

    /** Ends the worker and waits for it, at most as long as its shutdown may take. Idempotent. */
    @Override
    public void close() {
        stop("closed by its owner");
        try {
            awaitExit(settings.shutdownTimeout().toMillis() + 10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
