package io.millrace.yarn.worker;

import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.batch.BatchOperators;
import io.millrace.batch.shuffle.DiskExchange;
import io.millrace.batch.shuffle.ShuffleSettings;
import io.millrace.batch.shuffle.node.NodeClient;
import io.millrace.hdfs.HadoopFileSystemFactory;
import io.millrace.hdfs.HadoopSite;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.loader.UserLoaders;
import io.millrace.runtime.task.WorkLoopExecutor;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.worker.CoordinatorLink;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerProcess;
import io.millrace.worker.WorkerProfile;
import io.millrace.worker.WorkerSettings;
import io.millrace.yarn.launch.ApplicationFile;
import io.millrace.yarn.launch.ContainerLayout;
import io.millrace.yarn.launch.ContainerProcess;
import io.millrace.yarn.launch.LeaderFile;
import io.millrace.yarn.launch.SecretInCredentials;
import io.millrace.yarn.launch.ShuffleAccess;
import io.millrace.yarn.launch.YarnSettings;
import io.millrace.yarn.token.SealedTokens;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.ApplicationConstants.Environment;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker process that YARN starts in a container: a parts list. */
public final class YarnWorkerMain {
    private static final Logger LOG = LoggerFactory.getLogger(YarnWorkerMain.class);
    private static final int EXIT_DEFECT = 70;

    private YarnWorkerMain() {}

    /**
     * @param args host and port of the coordinator, granted memory in MB, and whether the node's
     *     shuffle service serves the worker's results
     */
    public static void main(String[] args) {
        int exitCode = EXIT_DEFECT;
        try {
            exitCode = WorkerProcess.run(() -> start(args));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            LOG.error("the worker failed", e);
            System.err.println(e);
        }
        // Hadoop leaves threads behind that would keep the process.
        System.exit(exitCode);
    }

    private static Worker start(String[] args) {
        Path application = Path.of("").toAbsolutePath().resolve(ContainerLayout.APPLICATION);
        ApplicationFile file =
                ApplicationFile.read(application.resolve(ContainerLayout.PROPERTIES));
        Config config = file.config();
        Configuration hadoop = HadoopSite.ofFile(application.resolve(ContainerLayout.SITE));
        UserGroupInformation.setConfiguration(hadoop);
        HadoopFileSystemFactory.install(hadoop);
        AppSecret secret = secret();
        UserLoaders loaders =
                new UserLoaders(
                        Plugins.load(
                                Path.of(ContainerLayout.HOME, "plugins"),
                                Config.class.getClassLoader()),
                        YarnWorkerMain.class.getClassLoader());
        CollectorCheck.log(YarnSettings.from(config).collector());
        WorkerSettings settings = WorkerSettings.from(config);
        DiskExchange.Nodes nodes =
                new DiskExchange.Nodes(
                        new NodeClient(
                                ShuffleAccess.jobOf(application()), ShuffleAccess.keyOf(secret)),
                        args[3].equals(ContainerProcess.SERVED));
        LOG.info(
                "results are served by={}", nodes.serveThis() ? "node and worker" : "worker alone");
        return Worker.start(
                settings,
                new WorkerProfile(
                        environment(Environment.CONTAINER_ID),
                        environment(Environment.NM_HOST),
                        YarnSettings.from(config).slots(),
                        Long.parseLong(args[2]) << 20),
                secret,
                CoordinatorLink.overNetwork(
                        leaders(args, hadoop, file.stagingDirectory()),
                        secret,
                        settings.connectTimeout()),
                (self, exchange, results, listener, fatal) ->
                        new WorkLoopExecutor(
                                self,
                                settings.tasks(),
                                exchange,
                                DiskExchange.start(
                                        self,
                                        ShuffleSettings.from(config, localDirectories()),
                                        results,
                                        nodes),
                                new BatchOperators(),
                                loaders,
                                listener,
                                fatal),
                sealedTokens -> actWith(sealedTokens, secret));
    }

    /** What was opened with the old tokens goes on; new connections take the new ones. */
    private static void actWith(byte[] sealedTokens, AppSecret secret) {
        try {
            Credentials tokens = SealedTokens.open(sealedTokens, secret);
            UserGroupInformation.getCurrentUser().addCredentials(tokens);
            LOG.info("New delegation tokens arrived count={}", tokens.numberOfTokens());
        } catch (MillraceException | IOException e) {
            LOG.warn("New delegation tokens were not taken over", e);
        }
    }

    private static ApplicationId application() {
        return ContainerId.fromString(environment(Environment.CONTAINER_ID))
                .getApplicationAttemptId()
                .getApplicationId();
    }

    /** At first the one that has started this process, later whoever leads then. */
    private static Supplier<InetSocketAddress> leaders(
            String[] args, Configuration hadoop, String staging) {
        AtomicBoolean first = new AtomicBoolean(true);
        return () ->
                first.getAndSet(false)
                        ? InetSocketAddress.createUnresolved(args[0], Integer.parseInt(args[1]))
                        : LeaderFile.read(hadoop, new org.apache.hadoop.fs.Path(staging));
    }

    private static AppSecret secret() {
        try {
            return SecretInCredentials.get(UserGroupInformation.getCurrentUser().getCredentials());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("the container's credentials are unreadable", e);
        }
    }

    /** Of the application on this node: YARN removes them when it has ended. */
    private static List<Path> localDirectories() {
        return Arrays.stream(environment(Environment.LOCAL_DIRS).split(",")).map(Path::of).toList();
    }

    private static String environment(Environment variable) {
        return System.getenv(variable.name());
    }
}
