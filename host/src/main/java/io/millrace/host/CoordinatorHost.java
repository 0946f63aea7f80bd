package io.millrace.host;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.JobExecutor;
import io.millrace.api.option.Config;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.Coordinator;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.journal.JournalCodec;
import io.millrace.coordinator.journal.JournalStore;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.host.checkpoint.CheckpointPlaces;
import io.millrace.host.checkpoint.Checkpoints;
import io.millrace.host.checkpoint.SavepointFiles;
import io.millrace.host.rest.RestContent;
import io.millrace.host.submit.EarlierJobs;
import io.millrace.host.submit.HostJobExecutor;
import io.millrace.host.submit.Jobs;
import io.millrace.host.submit.StatusListeners;
import io.millrace.host.usercode.Committers;
import io.millrace.host.usercode.Enumerators;
import io.millrace.host.usercode.UserCode;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.metrics.CoordinatorMetrics;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.runtime.wire.Connection;
import io.millrace.runtime.wire.ConnectionListener;
import io.millrace.runtime.wire.WireServer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A leading coordinator in its process: its thread, and all that carries its decisions out.
 * Thread-safe.
 *
 * <p>This class is the parts list; what happens is in {@link CoordinatorLoop} (events in), {@link
 * EffectRunner} (effects out) and {@link WorkerLinks} (workers).
 */
public final class CoordinatorHost implements Jobs, RestContent, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorHost.class);

    /** A program that waits for its job does not wait longer for listeners that hang. */
    private static final long LISTENERS_LIMIT_MS = 10_000;

    private final HostClock clock = new HostClock();
    private final long startedAtMs = clock.getAsLong();
    private final long epoch;
    private final JobResults results = new JobResults();
    private final OperationResults operations = new OperationResults();
    private final JobWatch watch = new JobWatch();
    private final UserCode userCode;
    private final CoordinatorLoop loop;
    private final WorkerLinks links;
    private final JobServices services;
    private final JournalStore journal;
    private final String hostForWorkers;
    private final String checkpointRoot;
    private final WireServer server; // null if all workers are in this process
    private final InetSocketAddress controlAddress; // null like server
    // Written by whoever meets or ends it, read by threads of the REST interface; null if all is
    // well.
    private volatile String trouble;
    private ResourceDriver driver; // set once, before the coordinator's thread starts

    private CoordinatorHost(
            HostSettings settings,
            JournalStore journal,
            AppSecret secret,
            long epoch,
            CheckpointPlaces places,
            UserCode userCode,
            FatalHandler fatal) {
        Timers timers = new Timers();
        this.epoch = epoch;
        this.journal = journal;
        this.userCode = userCode;
        this.loop =
                new CoordinatorLoop(
                        new Coordinator(settings.coordinator(), epoch),
                        watch,
                        timers,
                        clock,
                        error -> failed(error, fatal));
        this.links = new WorkerLinks(loop);
        this.hostForWorkers =
                settings.advertisedHost() == null ? "localhost" : settings.advertisedHost();
        CoordinatorMetrics metrics =
                new CoordinatorMetrics(settings.metrics(), userCode.ofProcess(), hostForWorkers);
        this.services =
                new JobServices(
                        new Enumerators(userCode, loop::post, metrics),
                        new Committers(userCode, loop::post, metrics),
                        new Checkpoints(places, loop::post, this::giveUp),
                        new SavepointFiles(loop::post, this::giveUp));
        this.checkpointRoot = places.root();
        this.server = listen(settings, secret);
        this.controlAddress =
                server == null
                        ? null
                        : InetSocketAddress.createUnresolved(
                                settings.advertisedHost(), server.port());
    }

    /**
     * Starts to lead: reads the journal and takes over what it tells of.
     *
     * @param driver makes the driver that gets workers; may ask for {@link #controlAddress()}. This
     *     host starts and closes it
     * @param journal opened for {@code epoch}; closed by this host
     * @param epoch of this leader
     * @param places where checkpoints lie; closed by this host
     * @param userCode class loaders of the jobs
     * @param fatal ends the process when the coordinator can go on no more
     */
    public static CoordinatorHost start(
            HostSettings settings,
            Function<CoordinatorHost, ResourceDriver> driver,
            JournalStore journal,
            AppSecret secret,
            long epoch,
            CheckpointPlaces places,
            UserCode userCode,
            FatalHandler fatal) {
        CoordinatorHost host =
                new CoordinatorHost(settings, journal, secret, epoch, places, userCode, fatal);
        try {
            host.driver = driver.apply(host);
            host.start(settings);
            return host;
        } catch (RuntimeException | Error e) {
            host.close();
            throw e;
        }
    }

    private WireServer listen(HostSettings settings, AppSecret secret) {
        return settings.bindHost() == null
                ? null
                : WireServer.listen(
                        settings.bindHost(),
                        settings.port(),
                        secret,
                        AppSecret.Purpose.CONTROL,
                        links::accept);
    }

    private void start(HostSettings settings) {
        driver.start(new DriverListener(), settings.worker());
        loop.start(
                new EffectRunner(
                        journal,
                        links,
                        driver,
                        loop.timers(),
                        services,
                        this::jobEnded,
                        this::operationEnded),
                () -> JournalCodec.decodeAll(journal.readAll()));
    }

    /** What the resource driver tells, on its thread. */
    private final class DriverListener implements ResourceDriver.Listener {
        @Override
        public void onWorkerEnded(String workerId, String reason) {
            loop.post(new Event.WorkerGone(workerId, reason));
        }

        @Override
        public void onNodeServes(String workerId, NodeService service) {
            loop.post(new Event.NodeServes(workerId, service));
        }

        @Override
        public void onNodeLost(String node) {
            loop.post(new Event.NodeLost(node));
        }

        @Override
        public void onRefused(FailureReport failure) {
            loop.post(new Event.WorkersRefused(failure));
        }
    }

    private void jobEnded(JobResult result) {
        LOG.info(
                "Job ended. job={} name={} outcome={} durationMs={} recordsIn={} recordsOut={}{}",
                result.jobId(),
                result.name(),
                result.outcome(),
                result.durationMs(),
                result.recordsIn(),
                result.recordsOut(),
                result.failure() == null ? "" : " failure=" + result.failure().headline());
        loop.publishNow(); // before anybody who waits for the result looks at the view
        results.ended(result);
    }

    private void operationEnded(OperationView ended) {
        LOG.info(
                "Operation ended. id={} job={} kind={} state={} path={}{}",
                ended.operation().id(),
                ended.operation().jobId(),
                ended.operation().kind(),
                ended.state(),
                ended.path(),
                ended.failure() == null ? "" : " failure=" + ended.failure().headline());
        loop.publishNow(); // before anybody who waits for it looks at the view
        operations.ended(ended);
    }

    private void failed(Throwable error, FatalHandler fatal) {
        LOG.error("The coordinator ended. It gives up leadership.", error);
        results.giveUp(error);
        operations.giveUp(error);
        fatal.onFatal(error);
    }

    /** Storage says that this leader must not go on: its thread ends, and with it the leader. */
    private void giveUp(Throwable cause) {
        loop.post(
                () -> {
                    throw cause instanceof MillraceException known
                            ? known
                            : new MillraceException(
                                    ErrorCode.INTERNAL,
                                    "the storage of checkpoints failed: " + cause,
                                    cause);
                });
    }

    /** Where workers connect; host as advertised, unresolved. */
    public InetSocketAddress controlAddress() {
        if (controlAddress == null) {
            throw new IllegalStateException("this coordinator listens to its own process only");
        }
        return controlAddress;
    }

    /** Takes the connection of a worker in this process, as a network server would. Any thread. */
    public ConnectionListener acceptWorker(Connection connection) {
        return links.accept(connection);
    }

    /**
     * The executor of one program.
     *
     * @param defaults options given from outside of the program
     * @param userJars of the program, as in {@link JobGraph#userJars()}
     * @param user the program's class loader
     */
    public JobExecutor executor(Config defaults, List<String> userJars, ClassLoader user) {
        return executor(defaults, userJars, user, EarlierJobs.NONE);
    }

    /**
     * The executor of a program that has run before.
     *
     * @param earlier what it submitted then
     */
    public JobExecutor executor(
            Config defaults, List<String> userJars, ClassLoader user, EarlierJobs earlier) {
        return new HostJobExecutor(
                this, defaults, userJars, user, hostForWorkers, checkpointRoot, earlier);
    }

    @Override
    public void submit(JobGraph graph) {
        submit(graph, List.of());
    }

    @Override
    public void submit(JobGraph graph, List<String> inputHosts) {
        watch(graph);
        results.of(graph.jobId());
        try {
            loop.postAndTell(new Event.JobSubmitted(graph, inputHosts)).join();
        } catch (CompletionException e) {
            watch.forget(graph.jobId());
            throw e.getCause() instanceof MillraceException known
                    ? known
                    : new MillraceException(ErrorCode.INTERNAL, "the submission failed.", e);
        }
        LOG.info(
                "Job submitted. job={} name={} mode={} vertices={}",
                graph.jobId(),
                graph.name(),
                graph.mode(),
                graph.vertices().size());
    }

    @Override
    public void metAgain(JobGraph graph) {
        watch(graph);
    }

    private void watch(JobGraph graph) {
        if (StatusListeners.wanted(graph)) {
            watch.add(graph.jobId(), StatusListeners.of(graph, userCode.loaderOf(graph)));
        }
    }

    /** After its listeners have been told, as far as they do not take long. */
    @Override
    public CompletableFuture<JobResult> result(JobId jobId) {
        CompletableFuture<JobResult> result = results.of(jobId);
        view().job(jobId).map(ClusterView.JobView::result).ifPresent(result::complete);
        CompletableFuture<Void> told = watch.told(jobId);
        return result.thenCompose(
                ending ->
                        told.copy()
                                .completeOnTimeout(null, LISTENERS_LIMIT_MS, TimeUnit.MILLISECONDS)
                                .thenApply(ignored -> ending));
    }

    @Override
    public ClusterView view() {
        return loop.view();
    }

    @Override
    public long startedAtMs() {
        return startedAtMs;
    }

    @Override
    public long nowMs() {
        return clock.getAsLong();
    }

    @Override
    public List<String> troubles() {
        String known = trouble;
        return known == null ? List.of() : List.of(known);
    }

    /**
     * Shows operators what goes wrong around the jobs. Any thread.
     *
     * @param what null when it is over
     */
    public void onTrouble(String what) {
        trouble = what;
    }

    /**
     * Hands tokens with which processes act to all workers, now and when they come. Any thread.
     *
     * @param sealed so that only workers can read them
     */
    public void handOutTokens(byte[] sealed) {
        loop.post(
                () -> {
                    links.handOut(new ToWorker.NewTokens(epoch, sealed));
                    return null;
                });
    }

    @Override
    public void cancel(JobId jobId, String who) {
        LOG.info("Cancellation requested. job={} by={}", jobId, who);
        loop.post(new Event.JobCancelRequested(jobId, who));
    }

    @Override
    public void request(Operation operation) {
        LOG.info(
                "Operation requested. id={} job={} kind={} by={}",
                operation.id(),
                operation.jobId(),
                operation.kind(),
                operation.who());
        try {
            loop.postAndTell(new Event.OperationRequested(operation)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MillraceException known
                    ? known
                    : new MillraceException(ErrorCode.INTERNAL, "the request failed.", e);
        }
    }

    @Override
    public CompletableFuture<OperationView> operate(Operation operation) {
        CompletableFuture<OperationView> ended = operations.of(operation.id());
        loop.postAndTell(new Event.OperationRequested(operation))
                .whenComplete(
                        (handled, error) -> {
                            if (error != null) {
                                ended.completeExceptionally(error);
                            } else {
                                // One that was over before has nobody to tell of it any more.
                                view().operation(operation.id())
                                        .filter(known -> known.state().isOver())
                                        .ifPresent(operations::ended);
                            }
                        });
        return ended.copy();
    }

    /** Gives back workers and leadership; jobs that still run are abandoned. Idempotent. */
    @Override
    public void close() {
        loop.close();
        ResourceDriver workers = driver;
        try (journal;
                workers;
                Closing network = this::closeNetwork;
                services;
                watch) {
            results.giveUp(null);
            operations.giveUp(null);
        }
    }

    private void closeNetwork() {
        links.shutDownAll(epoch, "the application has ended");
        if (server != null) {
            server.close();
        }
    }

    /** Closes without a checked exception. */
    @FunctionalInterface
    private interface Closing extends AutoCloseable {
        @Override
        void close();
    }
}
