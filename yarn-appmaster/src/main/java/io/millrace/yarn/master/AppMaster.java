package io.millrace.yarn.master;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.option.Config;
import io.millrace.batch.shuffle.ShuffleSettings;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.JobResult;
import io.millrace.coordinator.journal.JournalCodec;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.hdfs.HadoopErrors;
import io.millrace.hdfs.HadoopFileSystemFactory;
import io.millrace.hdfs.HdfsJournalStore;
import io.millrace.hdfs.ZooKeeperPointerStore;
import io.millrace.hdfs.ZooKeeperSettings;
import io.millrace.host.CoordinatorHost;
import io.millrace.host.HostSettings;
import io.millrace.host.checkpoint.CheckpointPlaces;
import io.millrace.host.rest.RestServer;
import io.millrace.host.rest.RestSettings;
import io.millrace.host.submit.EarlierJobs;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.checkpoint.PointerStore;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.launch.ContainerLayout;
import io.millrace.yarn.launch.LeaderFile;
import io.millrace.yarn.launch.LocalArchive;
import io.millrace.yarn.launch.YarnSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that YARN starts for an application: its parts, the order in which they start, and
 * the way in which it ends. Confined to the main thread, which waits for one {@link End}.
 */
public final class AppMaster {
    private static final Logger LOG = LoggerFactory.getLogger(AppMaster.class);

    /** Exit code when YARN should start another attempt. */
    private static final int EXIT_AGAIN = 70;

    private final MasterContainer container;
    private final ResourceManagerLink resourceManager;
    private final Path staging;
    private final FileSystem files;
    private final TagClaim claim;
    private final MasterTokens tokens;

    /**
     * Completed by whoever is first: the program, the coordinator, the election, the
     * ResourceManager.
     */
    private final CompletableFuture<End> end = new CompletableFuture<>();

    /** Set once by the main thread, read by Hadoop's heartbeat and by the shutdown hook. */
    private volatile CoordinatorHost host;

    private volatile UserProgram program;

    /**
     * @param outcome null if another attempt shall go on
     */
    private record End(Outcome outcome, String why) {}

    private AppMaster(MasterContainer container, MasterTokens tokens) throws IOException {
        this.container = container;
        this.tokens = tokens;
        this.staging = new Path(container.application().stagingDirectory());
        this.files = staging.getFileSystem(container.hadoop());
        this.claim =
                TagClaim.of(
                        files,
                        staging.getParent().getParent(),
                        container.settings().runTag(),
                        container.applicationId());
        this.resourceManager =
                new ResourceManagerLink(
                        container.hadoop(),
                        this::progress,
                        () -> end.complete(new End(null, "the ResourceManager said so")),
                        error -> end.complete(new End(null, "YARN is out of reach: " + error)));
    }

    /** Without arguments: everything is in the container. */
    public static void main(String[] args) {
        int exitCode = EXIT_AGAIN;
        try {
            MasterContainer container =
                    MasterContainer.of(System.getenv(), java.nio.file.Path.of("").toAbsolutePath());
            try (MasterTokens tokens = MasterTokens.start(container)) {
                exitCode = new AppMaster(container, tokens).run();
            }
        } catch (Throwable e) {
            LOG.error("the application master failed", e);
            System.err.println(e);
        }
        // Hadoop leaves threads behind that would keep the process.
        System.exit(exitCode);
    }

    private int run() throws Exception {
        LOG.info(
                "application master started id={} attempt={} host={}",
                container.applicationId(),
                container.attempt(),
                container.host());
        Optional<Outcome> stranded =
                EndedTokens.outcome(
                        container.attempt(),
                        tokens.areRenewed(),
                        () -> files.getFileStatus(staging),
                        container
                                .application()
                                .config()
                                .find(CheckpointOptions.DIRECTORY)
                                .orElse(ownCheckpoints()));
        if (stranded.isPresent()) {
            return giveUp(stranded.get());
        }
        CompletableFuture<Void> connected =
                CompletableFuture.runAsync(resourceManager::start, this::onNewThread);
        ShutdownHookManager.get()
                .addShutdownHook(
                        this::onShutdown,
                        FileSystem.SHUTDOWN_HOOK_PRIORITY + 10,
                        10,
                        TimeUnit.SECONDS);
        Config config = container.application().config();
        LateContent page = new LateContent();
        CompletableFuture<RestServer> served =
                CompletableFuture.supplyAsync(() -> serve(config, page), this::onNewThread);
        HadoopFileSystemFactory.install(container.hadoop());
        try (ResourceManagerLink link = resourceManager;
                Leadership leadership =
                        Leadership.claim(container, reason -> end.complete(new End(null, reason)));
                UserLoaders loaders =
                        new UserLoaders(
                                Plugins.load(inHome("plugins"), Config.class.getClassLoader()),
                                AppMaster.class.getClassLoader());
                URLClassLoader loader = loaders.open("program", List.of(jobJar()))) {
            long epoch = leadership.awaitEpoch();
            HdfsJournalStore journal =
                    HdfsJournalStore.open(files, new Path(staging, ContainerLayout.JOURNAL), epoch);
            Recovery recovery = Recovery.of(JournalCodec.decodeAll(journal.readAll()));
            connected.join();
            try (CoordinatorHost coordinator = lead(config, journal, epoch, loader);
                    RestServer rest = served.join()) {
                page.show(coordinator);
                host = coordinator;
                tokens.tell(coordinator);
                LeaderFile.write(files, staging, coordinator.controlAddress());
                link.register(container.host(), url(rest.address()));
                Optional<Outcome> refused = claim.refusal();
                if (refused.isPresent()) {
                    end.complete(new End(refused.get(), "its tag"));
                } else {
                    resume(recovery, config, loader);
                }
                End ended = end.join();
                return conclude(ended, leadership);
            }
        }
    }

    /** Only tells YARN: whatever is on the file system is out of reach. */
    private int giveUp(Outcome outcome) {
        LOG.error("application ends diagnostics={}", outcome.diagnostics());
        try (ResourceManagerLink link = resourceManager) {
            link.start();
            link.register(container.host(), "");
            link.unregister(
                    outcome.status(), outcome.about(null, container.applicationId()).diagnostics());
        }
        return 1;
    }

    private RestServer serve(Config config, LateContent page) {
        return RestServer.start(
                RestSettings.onCluster(
                        config, container.host(), ProxyAddresses.of(container.hadoop())),
                container.secret(),
                page);
    }

    /** With the engine's class loader, which the JDK's common pool does not have. */
    private void onNewThread(Runnable body) {
        Thread thread = new Thread(body, "start");
        thread.setDaemon(true);
        thread.start();
    }

    private CoordinatorHost lead(
            Config config, HdfsJournalStore journal, long epoch, ClassLoader loader)
            throws IOException {
        YarnSettings settings = container.settings();
        LocalArchive archive = applicationArchive();
        return CoordinatorHost.start(
                HostSettings.listening(
                        settings.forCoordinator(config),
                        new WorkerSpec(
                                settings.slots(),
                                settings.worker().memoryMb(),
                                settings.worker().virtualCores()),
                        container.host(),
                        container.host()),
                coordinator ->
                        new YarnResourceDriver(
                                container.hadoop(),
                                resourceManager,
                                new WorkerContainers(
                                        settings,
                                        ApplicationId.fromString(container.applicationId()),
                                        ShuffleSettings.serverOnYarn(config),
                                        container.application().libraries(),
                                        archive,
                                        tokens::ofWorker,
                                        container.userName(),
                                        coordinator.controlAddress()),
                                settings.maxWorkers()),
                journal,
                container.secret(),
                epoch,
                places(config, epoch),
                graph -> loader,
                error -> end.complete(new End(null, "the coordinator ended: " + error)));
    }

    /** Checkpoints outlive the application; the pointer to them does where it is in ZooKeeper. */
    private CheckpointPlaces places(Config config, long epoch) throws IOException {
        return new CheckpointPlaces(
                pointers(config, epoch), ownCheckpoints(), container.applicationId(), epoch);
    }

    /** Where they are unless an option says otherwise. */
    private String ownCheckpoints() {
        return new Path(staging.getParent(), "checkpoints").toString();
    }

    private PointerStore pointers(Config config, long epoch) throws IOException {
        Optional<ZooKeeperSettings> zooKeeper = ZooKeeperSettings.from(config);
        if (zooKeeper.isPresent()) {
            return ZooKeeperPointerStore.open(
                    zooKeeper.get(),
                    container.applicationId(),
                    container.secret().key(AppSecret.Purpose.ELECTION),
                    epoch);
        }
        var directory = new io.millrace.api.file.Path(new Path(staging, "pointers").toString());
        return new FilePointerStore(directory.getFileSystem(), directory, epoch);
    }

    /** Runs the program, or does what an earlier attempt has left to do. */
    private void resume(Recovery recovery, Config config, ClassLoader loader) {
        if (recovery.runsProgram()) {
            program =
                    new UserProgram(
                            container.application().mainClass(),
                            container.application().args(),
                            loader,
                            host.executor(
                                    config,
                                    List.of(ContainerLayout.inApplication(ContainerLayout.JOB_JAR)),
                                    loader,
                                    recovery.earlier()));
            program.start()
                    .whenComplete((none, thrown) -> onProgramEnded(thrown, recovery.earlier()));
        } else if (recovery.unfinished() != null) {
            end.complete(
                    new End(
                            Outcome.failed(
                                    ErrorCode.PROGRAM_INVALID,
                                    "the application master died while job "
                                            + recovery.unfinished()
                                            + " ran, after an earlier job of the same program had"
                                            + " committed its output. Running the program again"
                                            + " would repeat that output. Submit the rest as a"
                                            + " program of its own."),
                            "an earlier attempt"));
        } else {
            LOG.info("an earlier attempt is taken over job={}", recovery.jobId());
            CompletableFuture.supplyAsync(() -> host.result(recovery.jobId()).join())
                    .thenAccept(result -> end.complete(new End(Outcome.of(result), "its job")));
        }
    }

    /** On the program's thread. */
    private void onProgramEnded(Throwable thrown, EarlierJobs earlier) {
        try {
            boolean jobGoesOn =
                    thrown != null
                            && earlier.anyResumes()
                            && host.view().jobs().stream().anyMatch(job -> job.result() == null);
            if (jobGoesOn) {
                LOG.error(
                        "main failed when it ran again after the application master had died; its"
                                + " job is not touched by that and goes on",
                        thrown);
            }
            Outcome outcome =
                    thrown == null || jobGoesOn ? outcomeOfJobs() : Outcome.ofThrown(thrown);
            end.complete(new End(outcome, "the program"));
        } catch (CompletionException e) {
            LOG.debug("nobody here knows the job's result", e);
            end.complete(new End(null, "the coordinator gave up its jobs"));
        }
    }

    /** The last job's result; waits for jobs that {@code main} has not waited for. */
    private Outcome outcomeOfJobs() {
        Outcome last = null;
        for (ClusterView.JobView job : host.view().jobs()) {
            last = Outcome.of(host.result(job.id()).join());
        }
        return last != null
                ? last
                : Outcome.failed(
                        ErrorCode.PROGRAM_INVALID,
                        "main of "
                                + container.application().mainClass()
                                + " returned and had executed no job. Call"
                                + " StreamExecutionEnvironment.execute() at its end.");
    }

    /**
     * Tells YARN, then clears away; a staging directory is removed only when YARN knows the end.
     */
    private int conclude(End ended, Leadership leadership) {
        if (ended.outcome() == null) {
            LOG.warn("this attempt ends and leaves the job to the next one why={}", ended.why());
            return EXIT_AGAIN;
        }
        Outcome outcome = ended.outcome();
        LOG.info(
                "application ended status={} diagnostics={}",
                outcome.status(),
                outcome.diagnostics());
        tell(outcome);
        leadership.forget();
        removeStaging();
        return outcome.status()
                        == org.apache.hadoop.yarn.api.records.FinalApplicationStatus.SUCCEEDED
                ? 0
                : 1;
    }

    /** Tells YARN, and those who may submit the same work again. */
    private void tell(Outcome outcome) {
        JobResult last = null;
        for (ClusterView.JobView job : host.view().jobs()) {
            last = job.result() == null ? last : job.result();
        }
        claim.beforeEnd(outcome);
        Outcome whole = outcome.about(last, container.applicationId());
        resourceManager.unregister(whole.status(), whole.diagnostics());
        claim.afterEnd();
    }

    /** The JVM ends. If the user's {@code main} has asked for that, it is their program's end. */
    private void onShutdown() {
        UserProgram running = program;
        if (end.isDone() || running == null || !running.isInSystemExit()) {
            return;
        }
        boolean allEnded =
                !host.view().jobs().isEmpty()
                        && host.view().jobs().stream().allMatch(job -> job.result() != null);
        Outcome outcome =
                allEnded
                        ? outcomeOfJobs()
                        : Outcome.failed(
                                ErrorCode.MAIN_THREW,
                                "the program's main called System.exit before its job had ended."
                                        + " Return from main, or throw an exception, instead.");
        tell(outcome);
        removeStaging();
    }

    private void removeStaging() {
        try {
            files.delete(staging, true);
        } catch (IOException e) {
            LOG.warn(
                    "the staging directory was left behind path={} cause={}",
                    staging,
                    e.toString());
        }
    }

    /** The share of tasks that have finished. */
    private double progress() {
        CoordinatorHost leading = host;
        if (leading == null) {
            return 0;
        }
        long tasks = 0;
        long finished = 0;
        for (ClusterView.JobView job : leading.view().jobs()) {
            for (ClusterView.VertexView vertex : job.vertices()) {
                tasks += vertex.parallelism();
                finished += vertex.tasks().getOrDefault(TaskState.FINISHED, 0);
            }
        }
        return tasks == 0 ? 0 : (double) finished / tasks;
    }

    private LocalArchive applicationArchive() {
        Path path = new Path(staging, ContainerLayout.ARCHIVE);
        try {
            FileStatus status = files.getFileStatus(path);
            return new LocalArchive(
                    path.toString(), status.getLen(), status.getModificationTime(), false);
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "find the application's own archive", path);
        }
    }

    private java.nio.file.Path jobJar() {
        return container
                .directory()
                .resolve(ContainerLayout.inApplication(ContainerLayout.JOB_JAR));
    }

    private java.nio.file.Path inHome(String name) {
        return container.directory().resolve(ContainerLayout.HOME).resolve(name);
    }

    private static String url(InetSocketAddress address) {
        return "http://" + address.getHostString() + ":" + address.getPort() + "/";
    }
}
