package io.millrace.host.embedded;

import io.millrace.api.file.LocalFileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.batch.shuffle.DiskExchange;
import io.millrace.batch.shuffle.ShuffleSettings;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.host.CoordinatorHost;
import io.millrace.host.HostSettings;
import io.millrace.host.checkpoint.CheckpointPlaces;
import io.millrace.host.rest.RestServer;
import io.millrace.host.rest.RestSettings;
import io.millrace.host.usercode.UserCode;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.task.TaskOptions;
import io.millrace.runtime.task.WarmCode;
import io.millrace.runtime.task.WorkLoopExecutor;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.worker.CoordinatorLink;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerProfile;
import io.millrace.worker.WorkerSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A coordinator that leads at once and workers as jobs need them, all in this process. Thread-safe.
 *
 * <p>Messages between them are encoded and decoded, and two workers exchange records over the
 * loopback network, so that a program which runs here has been through the same bytes as on a
 * cluster. All jobs share the program's class loader.
 */
public final class EmbeddedCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);

    /** What differs from a cluster of processes, where the user has set nothing. */
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    // Nobody outside has business with these workers.
                    "worker.bind-host", "127.0.0.1",
                    // Counters are for people who watch, and cost nothing here.
                    "heartbeat.interval", "500 ms",
                    // A worker cannot be lost alone; but a debugger stops them all.
                    "heartbeat.timeout", "1 h",
                    // Nobody takes over from this process.
                    "execution.batch.job-recovery.enabled", "false");

    private static final long EPOCH = 1;

    private final AppSecret secret = AppSecret.random();
    private final Config config;
    private final OperatorCatalogue catalogue;
    private final WarmCode warmCode;
    private final Path checkpointRoot;
    private final UserLoaders userLoaders;
    private final CoordinatorHost host;
    private final RestServer rest; // null if it is turned off

    private EmbeddedCluster(
            Config given,
            int slotsPerWorker,
            OperatorCatalogue catalogue,
            WarmCode warmCode,
            ClassLoader user,
            EmbeddedDirectory directory) {
        this.config = withDefaults(given, slotsPerWorker, directory);
        this.catalogue = catalogue;
        this.warmCode = warmCode;
        this.checkpointRoot = Path.fromLocalFile(directory.checkpoints().toFile());
        this.userLoaders = new UserLoaders(Plugins.none(), user);
        WorkerSpec spec =
                new WorkerSpec(
                        slotsPerWorker,
                        (int) Math.max(1, Runtime.getRuntime().maxMemory() >> 20),
                        Runtime.getRuntime().availableProcessors());
        this.host =
                CoordinatorHost.start(
                        HostSettings.inProcess(config, spec),
                        made ->
                                new EmbeddedWorkers(
                                        (workerId, size) -> startWorker(made, workerId, size)),
                        new MemoryJournal(),
                        secret,
                        EPOCH,
                        new CheckpointPlaces(
                                new FilePointerStore(
                                        LocalFileSystem.getSharedInstance(),
                                        new Path(checkpointRoot, "pointers"),
                                        EPOCH),
                                checkpointRoot.toString(),
                                "the process " + ProcessHandle.current().pid(),
                                EPOCH),
                        UserCode.all(user),
                        error -> LOG.error("The embedded cluster is of no use any more."));
        this.rest = config.get(EmbeddedOptions.REST) ? serve() : null;
    }

    /**
     * @param slotsPerWorker of each worker; one more worker starts whenever slots are lacking
     * @param catalogue the operators that it runs
     * @param warmCode of clusters before it in this process
     * @param user the class loader of the program
     * @param directory of what lasts no longer than this process; removed by the caller
     */
    static EmbeddedCluster start(
            Config config,
            int slotsPerWorker,
            OperatorCatalogue catalogue,
            WarmCode warmCode,
            ClassLoader user,
            EmbeddedDirectory directory) {
        return new EmbeddedCluster(config, slotsPerWorker, catalogue, warmCode, user, directory);
    }

    private static Config withDefaults(
            Config given, int slotsPerWorker, EmbeddedDirectory directory) {
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        all.put(TaskOptions.SPILL_DIRECTORY.key(), directory.tasks().toString());
        all.put("worker.slots", String.valueOf(slotsPerWorker));
        all.putAll(given.toMap());
        return Config.of(all);
    }

    private RestServer serve() {
        try {
            return RestServer.start(RestSettings.embedded(config), secret, host);
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    private Worker startWorker(CoordinatorHost coordinator, String workerId, WorkerSpec spec) {
        WorkerSettings settings = WorkerSettings.from(config);
        return Worker.startAlone(
                settings,
                new WorkerProfile(
                        workerId, "localhost", spec.slots(), Runtime.getRuntime().maxMemory()),
                secret,
                CoordinatorLink.inProcess(workerId, coordinator::acceptWorker),
                (self, exchange, results, listener, fatal) ->
                        new WorkLoopExecutor(
                                self,
                                settings.tasks(),
                                exchange,
                                DiskExchange.start(
                                        self,
                                        ShuffleSettings.from(
                                                config, List.of(settings.tasks().spillDirectory())),
                                        results),
                                catalogue,
                                warmCode,
                                userLoaders,
                                listener,
                                fatal));
    }

    /** The coordinator, to submit to and to look at. */
    public CoordinatorHost host() {
        return host;
    }

    /** Ends workers and coordinator; jobs that still run are abandoned. Idempotent. */
    @Override
    public void close() {
        try (userLoaders;
                host;
                RestServer page = rest) {
            LOG.debug("Closing the embedded cluster. page={}", page != null);
        }
    }
}
