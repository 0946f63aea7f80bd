package io.millrace.host.embedded;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.coordinator.schedule.SlotLayout;
import io.millrace.host.submit.Jobs;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.task.WarmCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded cluster that exists while jobs run, and a moment longer for the next one.
 * Thread-safe: the fields are guarded by this object's lock, which is never held while anything
 * waits for a job.
 */
final class ClusterOnDemand implements Jobs, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterOnDemand.class);

    private static final long IDLE_MS = 2_000;

    /** Enough for any job, so that one worker holds them all. */
    private static final int ALL_SLOTS = 1_024;

    private static final Option<Integer> WORKER_SLOTS = Option.integer("worker.slots");

    private final OperatorCatalogue catalogue;
    private final WarmCode warmCode = new WarmCode();
    private final ClassLoader user;
    private final EmbeddedDirectory directory =
            new EmbeddedDirectory(java.nio.file.Path.of(System.getProperty("java.io.tmpdir")));
    // A few hundred bytes for each job that the program has run; thread-safe by itself.
    private final Map<JobId, CompletableFuture<JobResult>> results = new ConcurrentHashMap<>();
    // Most programs end with their last job, before anything is idle; null while nothing is there.
    private Thread atExit;
    private EmbeddedCluster cluster; // null while there is none
    private Config config; // that the cluster was started with
    private int running;
    private long uses;
    private ClusterView lastView = new ClusterView(0, List.of(), List.of());

    ClusterOnDemand(OperatorCatalogue catalogue, ClassLoader user) {
        this.catalogue = catalogue;
        this.user = user;
    }

    /** Of jobs that name no directory; exists while the cluster does. */
    Path checkpointRoot() {
        return Path.fromLocalFile(directory.checkpoints().toFile());
    }

    @Override
    public void submit(JobGraph graph) {
        EmbeddedCluster used = use(graph);
        try {
            used.host().submit(graph);
        } catch (RuntimeException e) {
            unused(used, e);
            throw e;
        }
        results.put(
                graph.jobId(),
                used.host()
                        .result(graph.jobId())
                        .whenComplete((result, failure) -> unused(used, failure)));
    }

    /** The one that is there, unless nobody needs it and the job wants other options. */
    private synchronized EmbeddedCluster use(JobGraph graph) {
        if (cluster != null && running == 0 && !config.toMap().equals(graph.config())) {
            closeLater(0);
        }
        if (cluster == null) {
            config = Config.of(graph.config());
            removeAtExit();
            directory.make(System.currentTimeMillis());
            cluster =
                    EmbeddedCluster.start(
                            config,
                            slotsPerWorker(graph, config),
                            catalogue,
                            warmCode,
                            user,
                            directory);
        }
        running++;
        uses++;
        return cluster;
    }

    private void removeAtExit() {
        if (atExit != null) {
            return;
        }
        Thread hook = new Thread(directory::remove, "embedded-directory");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            atExit = hook;
        } catch (IllegalStateException e) {
            LOG.debug("The process ends already.", e);
        }
    }

    /** So many that the first job spreads over as many workers as are wished. */
    private static int slotsPerWorker(JobGraph graph, Config config) {
        int workers = config.get(EmbeddedOptions.WORKERS);
        int spread = (SlotLayout.of(graph).slots() + workers - 1) / workers;
        return config.find(WORKER_SLOTS)
                .orElse(workers == 1 ? Math.max(ALL_SLOTS, spread) : spread);
    }

    private synchronized void unused(EmbeddedCluster used, Throwable failure) {
        running--;
        lastView = used.host().view();
        if (failure != null) {
            closeLater(0); // its coordinator has ended: another one takes the next job
        } else if (running == 0) {
            closeLater(IDLE_MS);
        }
    }

    private void closeLater(long delayMs) {
        EmbeddedCluster candidate = cluster;
        long usesNow = uses;
        if (delayMs == 0) {
            cluster = null;
        }
        CompletableFuture.delayedExecutor(delayMs, TimeUnit.MILLISECONDS)
                .execute(() -> closeUnlessUsed(candidate, usesNow));
    }

    private void closeUnlessUsed(EmbeddedCluster candidate, long usesThen) {
        synchronized (this) {
            if (candidate == null || (cluster == candidate && uses != usesThen)) {
                return;
            }
            if (cluster == candidate) {
                cluster = null;
            }
        }
        candidate.close();
        removeDirectoryIfUnused();
    }

    /** A cluster that ends may have a successor, which uses the same directory. */
    synchronized void removeDirectoryIfUnused() {
        if (cluster != null) {
            return;
        }
        directory.remove();
        if (atExit != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
                atExit = null;
            } catch (IllegalStateException e) {
                LOG.debug("The process ends, and removes it once more.", e);
            }
        }
    }

    /** Completes after the job has let go of its cluster, so that the next one may have another. */
    @Override
    public CompletableFuture<JobResult> result(JobId jobId) {
        CompletableFuture<JobResult> result = results.get(jobId);
        return result != null
                ? result.copy()
                : CompletableFuture.failedFuture(
                        new IllegalStateException("no embedded cluster had a job " + jobId));
    }

    @Override
    public synchronized ClusterView view() {
        return cluster == null ? lastView : cluster.host().view();
    }

    @Override
    public synchronized void cancel(JobId jobId, String who) {
        if (cluster != null) {
            cluster.host().cancel(jobId, who);
        }
    }

    @Override
    public synchronized CompletableFuture<OperationView> operate(Operation operation) {
        return cluster == null
                ? CompletableFuture.failedFuture(
                        new MillraceException(
                                ErrorCode.JOB_NOT_FOUND,
                                "job "
                                        + operation.jobId()
                                        + " has ended, and its cluster with it."))
                : cluster.host().operate(operation);
    }

    /** Closes the cluster now; jobs that still run are abandoned. Idempotent. */
    @Override
    public void close() {
        EmbeddedCluster closing;
        synchronized (this) {
            closing = cluster;
            cluster = null;
        }
        if (closing != null) {
            closing.close();
        }
        removeDirectoryIfUnused();
    }
}
