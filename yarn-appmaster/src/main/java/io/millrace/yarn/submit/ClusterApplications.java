package io.millrace.yarn.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.hdfs.KerberosSettings;
import io.millrace.yarn.claim.RunTag;
import io.millrace.yarn.launch.YarnSettings;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;

/** The applications of the cluster that this process's environment names. Thread-safe. */
final class ClusterApplications implements YarnApplications {
    /** The type under which YARN lists our applications. */
    static final String TYPE = "MILLRACE";

    private static final EnumSet<YarnApplicationState> NOT_ENDED =
            EnumSet.complementOf(
                    EnumSet.of(
                            YarnApplicationState.FINISHED,
                            YarnApplicationState.FAILED,
                            YarnApplicationState.KILLED));

    private final Cluster cluster;
    private final Path stagingRoot;

    private ClusterApplications(Cluster cluster, Path stagingRoot) {
        this.cluster = cluster;
        this.stagingRoot = stagingRoot;
    }

    static YarnApplications connect(Config config, Map<String, String> environment) {
        YarnSettings settings = YarnSettings.from(config);
        Cluster cluster = Cluster.of(environment, KerberosSettings.from(config));
        return new ClusterApplications(cluster, stagingRoot(cluster, settings));
    }

    @Override
    public SubmittedApplication submit(ApplicationSpec spec) {
        return new Submission(cluster, stagingRoot, spec).run();
    }

    @Override
    public ClusterLimits limits(Config config) {
        return new LimitsQuestion(cluster, YarnSettings.from(config), KerberosSettings.from(config))
                .ask();
    }

    @Override
    public ApplicationState find(String applicationId) {
        return ApplicationReports.toState(report(applicationId));
    }

    @Override
    public Optional<ApplicationState> findByTag(RunTag tag) {
        String user = cluster.userName();
        return cluster
                .ask(
                        "list applications by tag",
                        yarn ->
                                yarn.getApplications(
                                        Set.of(TYPE),
                                        EnumSet.allOf(YarnApplicationState.class),
                                        Set.of(tag.yarnTag())))
                .stream()
                .map(ApplicationReports::toState)
                .filter(state -> state.user().equals(user))
                .max(
                        Comparator.comparing(
                                        (ApplicationState state) -> !state.phase().isTerminal())
                                .thenComparingLong(ApplicationState::startedMs));
    }

    @Override
    public List<ApplicationState> list(boolean all) {
        EnumSet<YarnApplicationState> states =
                all ? EnumSet.allOf(YarnApplicationState.class) : NOT_ENDED;
        return cluster
                .ask("list applications", yarn -> yarn.getApplications(Set.of(TYPE), states))
                .stream()
                .map(ApplicationReports::toState)
                .sorted(Comparator.comparingLong(ApplicationState::startedMs).reversed())
                .toList();
    }

    @Override
    public void kill(String applicationId) {
        ApplicationId id = parse(applicationId);
        cluster.ask(
                "kill " + id,
                yarn -> {
                    yarn.killApplication(id);
                    return null;
                });
        if (find(applicationId).phase().isTerminal()) {
            Staging.of(cluster.files(stagingRoot), stagingRoot, applicationId).remove();
        }
    }

    @Override
    public void logs(String applicationId, Appendable out) {
        ApplicationReport report = report(applicationId);
        new ContainerLogs(cluster, report).writeTo(out);
    }

    @Override
    public void close() {
        cluster.close();
    }

    private ApplicationReport report(String applicationId) {
        ApplicationId id = parse(applicationId);
        return cluster.ask("report on " + id, yarn -> yarn.getApplicationReport(id));
    }

    private static ApplicationId parse(String text) {
        try {
            return ApplicationId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.JOB_NOT_FOUND,
                    "'"
                            + text
                            + "' is no application id; they look like"
                            + " application_1700000000000_0001. 'millrace list' shows them.",
                    e);
        }
    }

    /** The configured directory, or {@code .millrace} in the user's home; with file system. */
    private static Path stagingRoot(Cluster cluster, YarnSettings settings) {
        if (settings.stagingDirectory() != null) {
            Path configured = new Path(settings.stagingDirectory());
            return cluster.files(configured).makeQualified(configured);
        }
        Path home = cluster.files(new Path("/")).getHomeDirectory();
        return new Path(home, ".millrace");
    }
}
