package io.millrace.yarn.submit;

import io.millrace.api.error.MillraceException;
import io.millrace.hdfs.HadoopErrors;
import io.millrace.hdfs.HadoopSite;
import io.millrace.hdfs.KerberosLogin;
import io.millrace.hdfs.KerberosSettings;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.claim.RunTag;
import io.millrace.yarn.claim.TagClaims;
import io.millrace.yarn.launch.ApplicationFile;
import io.millrace.yarn.launch.ContainerLayout;
import io.millrace.yarn.launch.ContainerProcess;
import io.millrace.yarn.launch.LocalArchive;
import io.millrace.yarn.launch.MemorySplit;
import io.millrace.yarn.launch.SecretInCredentials;
import io.millrace.yarn.launch.YarnSettings;
import io.millrace.yarn.submit.SubmittedApplication.Origin;
import io.millrace.yarn.token.TokenFileSystems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.LocalResource;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClientApplication;
import org.apache.hadoop.yarn.client.util.YarnClientUtils;
import org.apache.hadoop.yarn.exceptions.ApplicationNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One submission from its checks to YARN's acceptance. Confined to the thread that calls {@link
 * #run}; the libraries are hashed and uploaded beside it.
 *
 * <p>Order: what can be checked without the cluster, then with it, then the staging directory, then
 * the submission. Whatever fails after the staging directory exists removes it. With a tag, who
 * runs under it already takes the submission's place: seen at the beginning, before anything is
 * uploaded, or right before YARN is asked.
 */
final class Submission {
    private static final Logger LOG = LoggerFactory.getLogger(Submission.class);

    /** Between two looks at what becomes of another submission with the same tag. */
    private static final long LOOK_AGAIN_NANOS = 300_000_000L;

    private final Cluster cluster;
    private final Path stagingRoot;
    private final ApplicationSpec spec;
    private final YarnSettings settings;

    Submission(Cluster cluster, Path stagingRoot, ApplicationSpec spec) {
        this.cluster = cluster;
        this.stagingRoot = stagingRoot;
        this.spec = spec;
        this.settings = YarnSettings.from(spec.config());
    }

    SubmittedApplication run() {
        UserJar jar = UserJar.open(spec.jar(), spec.mainClass());
        TagRace race = settings.runTag() == null ? null : race(settings.runTag());
        Optional<SubmittedApplication> earlier = race == null ? Optional.empty() : race.before();
        if (earlier.isPresent()) {
            return earlier.get();
        }
        CompletableFuture<LibraryPlan> hashed =
                CompletableFuture.supplyAsync(() -> LibraryPlan.of(spec.home()));
        YarnClientApplication created = createAdmitted();
        ApplicationId id = created.getNewApplicationResponse().getApplicationId();
        FileSystem files = cluster.files(stagingRoot);
        LibraryStore store = new LibraryStore(files, stagingRoot);
        AppSecret secret = AppSecret.random();
        try (Undo undo = new Undo(cluster, id)) {
            undo.onFailureDiscard(store);
            CompletableFuture<LocalArchive> stored =
                    hashed.thenApplyAsync(
                            plan -> HadoopSite.withHadoopLoader(() -> store.provide(plan)));
            Staging staging = Staging.create(files, stagingRoot, id.toString());
            undo.onFailureRemove(staging);
            LibraryPlan plan = join(hashed);
            LocalArchive libraries = join(stored);
            LocalArchive archive = upload(staging, jar, plan, libraries);
            Map<String, LocalResource> masterFiles = masterFiles(staging, libraries, archive);
            if (race != null) {
                undo.onFailureRun(() -> race.leave(id.toString()));
                earlier = race.enter(id.toString());
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
            undo.onFailureKill();
            submit(created.getApplicationSubmissionContext(), masterFiles, secret, files);
            undo.keep();
        }
        LOG.info("application was submitted id={} queue={}", id, settings.queue());
        removeAbandoned(files, id);
        return new SubmittedApplication(id.toString(), secret, Origin.NEW);
    }

    private TagRace race(RunTag tag) {
        return new TagRace(
                new TagClaims(cluster.files(stagingRoot), stagingRoot, tag),
                this::phaseOf,
                System::currentTimeMillis,
                () -> LockSupport.parkNanos(LOOK_AGAIN_NANOS));
    }

    /** Empty if the ResourceManager does not know it. */
    private Optional<ApplicationState.Phase> phaseOf(String applicationId) {
        return cluster.ask(
                "report on " + applicationId,
                yarn -> {
                    try {
                        return Optional.of(
                                ApplicationReports.toState(
                                                yarn.getApplicationReport(
                                                        ApplicationId.fromString(applicationId)))
                                        .phase());
                    } catch (ApplicationNotFoundException e) {
                        return Optional.empty();
                    }
                });
    }

    private YarnClientApplication createAdmitted() {
        YarnClientApplication created =
                cluster.ask("make an application", yarn -> yarn.createApplication());
        Resource maximum = created.getNewApplicationResponse().getMaximumResourceCapability();
        List<String> leaves =
                cluster.ask("list queues", yarn -> yarn.getAllQueues()).stream()
                        .filter(queue -> queue.getChildQueues().isEmpty())
                        .map(QueueInfo::getQueueName)
                        .sorted()
                        .toList();
        new Admission(leaves, maximum.getMemorySize(), maximum.getVirtualCores()).check(settings);
        return created;
    }

    private LocalArchive upload(
            Staging staging, UserJar jar, LibraryPlan plan, LocalArchive libraries) {
        ApplicationFile file =
                new ApplicationFile(
                        spec.name(),
                        jar.mainClass(),
                        spec.args(),
                        spec.config(),
                        staging.directory().toString(),
                        libraries);
        List<String> rootJars = plan.rootJars();
        Optional<java.nio.file.Path> krb5Conf = KerberosLogin.namedKrb5Conf();
        boolean bringsKrb5Conf = krb5Conf.isPresent();
        return staging.upload(
                zip -> {
                    zip.add(ContainerLayout.JOB_JAR, jar.file());
                    zip.add(ContainerLayout.PROPERTIES, file.toBytes());
                    ByteArrayOutputStream site = new ByteArrayOutputStream();
                    HadoopSite.write(cluster.site(), site);
                    zip.add(ContainerLayout.SITE, site.toByteArray());
                    zip.add(
                            ContainerLayout.MASTER_ARGUMENTS,
                            ContainerProcess.MASTER.argumentFile(
                                    settings, rootJars, bringsKrb5Conf));
                    zip.add(
                            ContainerLayout.WORKER_ARGUMENTS,
                            ContainerProcess.WORKER.argumentFile(
                                    settings, rootJars, bringsKrb5Conf));
                    if (bringsKrb5Conf) {
                        zip.add(ContainerLayout.KRB5_CONF, krb5Conf.get());
                    }
                    addConf(zip);
                });
    }

    /**
     * What the application master finds; a keytab only where tokens are needed. That of a service
     * which submits for another user stays where it is: it would become theirs.
     */
    private Map<String, LocalResource> masterFiles(
            Staging staging, LocalArchive libraries, LocalArchive archive) {
        Map<String, LocalResource> masterFiles = new HashMap<>();
        masterFiles.put(ContainerLayout.HOME, libraries.kept());
        masterFiles.put(ContainerLayout.APPLICATION, archive.ofApplication());
        KerberosSettings kerberos = KerberosSettings.from(spec.config());
        if (!UserGroupInformation.isSecurityEnabled() || !kerberos.hasKeytab()) {
            return masterFiles;
        }
        if (KerberosTickets.actsForAnother()) {
            LOG.warn(
                    "the keytab of {} is not sent along, since the job is of another user: it acts"
                            + " with the delegation tokens of its submission, and ends with them"
                            + " user={}",
                    kerberos.principal(),
                    cluster.userName());
        } else {
            masterFiles.put(
                    ContainerLayout.KEYTAB,
                    staging.uploadKeytab(java.nio.file.Path.of(kerberos.keytab())));
        }
        return masterFiles;
    }

    private void addConf(StoredZip zip) throws IOException {
        java.nio.file.Path conf = spec.home().resolve("conf");
        if (!Files.isDirectory(conf)) {
            return;
        }
        try (Stream<java.nio.file.Path> found = Files.list(conf)) {
            for (java.nio.file.Path file : found.sorted().filter(Files::isRegularFile).toList()) {
                zip.add(ContainerLayout.CONF + "/" + file.getFileName(), file);
            }
        }
    }

    private void submit(
            ApplicationSubmissionContext context,
            Map<String, LocalResource> masterFiles,
            AppSecret secret,
            FileSystem files) {
        YarnSettings.Process master = settings.master();
        context.setApplicationName(spec.name());
        context.setApplicationType(ClusterApplications.TYPE);
        context.setQueue(settings.queue());
        context.setApplicationTags(settings.allTags());
        context.setPriority(Priority.newInstance(settings.priority()));
        context.setMaxAppAttempts(settings.maxAttempts());
        // What workers have of a batch job's stages outlives the application master.
        context.setKeepContainersAcrossApplicationAttempts(true);
        context.setResource(Resource.newInstance(master.memoryMb(), master.virtualCores()));
        if (!settings.nodeLabel().isEmpty()) {
            context.setNodeLabelExpression(settings.nodeLabel());
        }
        context.setAMContainerSpec(
                ContainerLaunchContext.newInstance(
                        masterFiles,
                        ContainerProcess.environment(userName()),
                        List.of(
                                ContainerProcess.MASTER.command(
                                        settings, MemorySplit.ofMaster(master.memoryMb()))),
                        null,
                        SecretInCredentials.toBuffer(credentials(secret, files)),
                        null));
        cluster.ask("take the application", yarn -> yarn.submitApplication(context));
    }

    /**
     * The secret, and the tokens with which a secure cluster lets the containers read and write.
     */
    private Credentials credentials(AppSecret secret, FileSystem files) {
        Credentials credentials =
                UserGroupInformation.isSecurityEnabled()
                        ? SecretInCredentials.ofWorker(KerberosTickets.tokensOfProcess())
                        : new Credentials();
        SecretInCredentials.put(credentials, secret);
        if (UserGroupInformation.isSecurityEnabled()) {
            try {
                TokenFileSystems.of(spec.config(), files.getUri())
                        .addTokens(
                                cluster.configuration(),
                                YarnClientUtils.getRmPrincipal(cluster.configuration()),
                                credentials);
            } catch (IOException e) {
                throw HadoopErrors.explain(e, "get delegation tokens of", files.getUri());
            }
        }
        return credentials;
    }

    /** Null on a secure cluster, where the tokens say who the user is. */
    private String userName() {
        return UserGroupInformation.isSecurityEnabled() ? null : cluster.userName();
    }

    private void removeAbandoned(FileSystem files, ApplicationId own) {
        int removed =
                Staging.removeAbandoned(
                        files,
                        stagingRoot,
                        id -> id.equals(own.toString()) ? Staging.Fate.ALIVE : fateOf(id),
                        System.currentTimeMillis());
        removed +=
                TagClaims.sweep(
                        files,
                        stagingRoot,
                        id -> fateOf(id) != Staging.Fate.ALIVE,
                        System.currentTimeMillis());
        if (removed > 0) {
            LOG.info("abandoned files of earlier submissions were removed count={}", removed);
        }
    }

    private Staging.Fate fateOf(String applicationId) {
        try {
            YarnApplicationState state =
                    cluster.ask(
                            "report on " + applicationId,
                            yarn -> {
                                try {
                                    return yarn.getApplicationReport(
                                                    ApplicationId.fromString(applicationId))
                                            .getYarnApplicationState();
                                } catch (ApplicationNotFoundException e) {
                                    return null;
                                }
                            });
            if (state == null) {
                return Staging.Fate.UNKNOWN;
            }
            return switch (state) {
                case FINISHED, FAILED, KILLED -> Staging.Fate.ENDED;
                default -> Staging.Fate.ALIVE;
            };
        } catch (MillraceException | IllegalArgumentException e) {
            // When in doubt, it lives.
            LOG.debug("no report on {}", applicationId, e);
            return Staging.Fate.ALIVE;
        }
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
