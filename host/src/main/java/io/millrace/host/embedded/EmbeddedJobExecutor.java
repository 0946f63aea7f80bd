package io.millrace.host.embedded;

import io.millrace.api.graph.JobExecutor;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.AdaptiveOptions;
import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import io.millrace.batch.BatchOperators;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.host.submit.EarlierJobs;
import io.millrace.host.submit.HostJobExecutor;
import io.millrace.host.submit.Jobs;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a program's jobs in its own process. The first job starts the cluster; when none runs any
 * more it goes. Found by {@link java.util.ServiceLoader}, so that a program with the engine on its
 * class path just runs. Thread-safe.
 */
public final class EmbeddedJobExecutor implements JobExecutor, AutoCloseable {
    private final ClusterOnDemand cluster;
    private final HostJobExecutor executor;

    /** For a program on the class path, without options from outside. */
    public EmbeddedJobExecutor() {
        this(Config.empty(), programLoader());
    }

    /**
     * @param defaults options given from outside of the program
     * @param user the program's class loader
     */
    public EmbeddedJobExecutor(Config defaults, ClassLoader user) {
        this.cluster = new ClusterOnDemand(new BatchOperators(), user);
        this.executor =
                new HostJobExecutor(
                        cluster,
                        withHighestParallelism(defaults),
                        List.of(),
                        user,
                        "localhost",
                        cluster.checkpointRoot().toString(),
                        EarlierJobs.NONE);
    }

    /**
     * One worker holds all subtasks at once: a batch stage is not to have more than run at once.
     */
    private static Config withHighestParallelism(Config given) {
        return given.contains(AdaptiveOptions.MAX_PARALLELISM)
                ? given
                : given.with(
                        AdaptiveOptions.MAX_PARALLELISM,
                        Runtime.getRuntime().availableProcessors());
    }

    private static ClassLoader programLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? EmbeddedJobExecutor.class.getClassLoader() : context;
    }

    @Override
    public JobClient submit(StreamGraph graph) {
        return executor.submit(graph);
    }

    @Override
    public Config defaults() {
        return executor.defaults();
    }

    @Override
    public <T> ValueCodec<T> valueCodec(TypeInformation<T> type, ClassLoader userLoader) {
        return executor.valueCodec(type, userLoader);
    }

    @Override
    public String hostForWorkers() {
        return executor.hostForWorkers();
    }

    /** The jobs of the cluster, to look at. */
    Jobs jobs() {
        return cluster;
    }

    /** The jobs as they are now, or were when the cluster last ran. */
    public ClusterView view() {
        return cluster.view();
    }

    /**
     * Asks for an operation on one of its jobs; its outcome comes when it has ended, whether it was
     * done or not. Another one of the same id is the same.
     */
    public CompletableFuture<OperationView> operate(Operation operation) {
        return cluster.operate(operation);
    }

    /** Ends the cluster now; jobs that still run are abandoned. Idempotent. */
    @Override
    public void close() {
        cluster.close();
    }
}
