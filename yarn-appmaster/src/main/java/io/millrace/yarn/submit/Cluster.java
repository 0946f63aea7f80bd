package io.millrace.yarn.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.hdfs.HadoopErrors;
import io.millrace.hdfs.HadoopSite;
import io.millrace.hdfs.KerberosLogin;
import io.millrace.hdfs.KerberosSettings;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.ApplicationNotFoundException;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * The connection to one cluster: its ResourceManager and its file system. Thread-safe.
 *
 * <p>Retries are bounded so that every question is answered within about 30 s.
 */
final class Cluster implements AutoCloseable {
    private final Configuration site;
    private final Configuration configuration;
    private final YarnClient yarn;

    private Cluster(Configuration site, Configuration configuration, YarnClient yarn) {
        this.site = site;
        this.configuration = configuration;
        this.yarn = yarn;
    }

    /**
     * Reads the configuration, logs in and prepares; the first question connects.
     *
     * @throws MillraceException {@code AUTHENTICATION_FAILED} if the cluster is secure, and nothing
     *     proves who this process is
     */
    static Cluster of(Map<String, String> environment, KerberosSettings kerberos) {
        Configuration site = HadoopSite.ofEnvironment(environment);
        KerberosLogin.asConfigured(site, kerberos);
        HadoopSite.withHadoopLoader(
                () -> {
                    KerberosTickets.requireOne(kerberos, System.currentTimeMillis());
                    return null;
                });
        Configuration configuration = new Configuration(site);
        boundRetries(configuration);
        return HadoopSite.withHadoopLoader(
                () -> {
                    YarnClient yarn = YarnClient.createYarnClient();
                    yarn.init(configuration);
                    yarn.start();
                    return new Cluster(site, configuration, yarn);
                });
    }

    /**
     * As the cluster's administrators wrote it: containers are to be more patient than a client.
     */
    Configuration site() {
        return site;
    }

    Configuration configuration() {
        return configuration;
    }

    /** The file system of this path; cached by Hadoop, closed at the end of the process. */
    FileSystem files(Path path) {
        return HadoopSite.withHadoopLoader(
                () -> {
                    try {
                        return path.getFileSystem(configuration);
                    } catch (IOException e) {
                        throw HadoopErrors.explain(e, "open the file system of", path);
                    }
                });
    }

    /** A question to the ResourceManager. */
    interface Question<T> {
        T ask(YarnClient yarn) throws YarnException, IOException;
    }

    /**
     * Asks, and explains what goes wrong.
     *
     * @param what the question, such as {@code "list applications"}
     */
    <T> T ask(String what, Question<T> question) {
        return HadoopSite.withHadoopLoader(
                () -> {
                    try {
                        return question.ask(yarn);
                    } catch (ApplicationNotFoundException e) {
                        throw new MillraceException(
                                ErrorCode.JOB_NOT_FOUND,
                                HadoopErrors.firstLine(e)
                                        + ". 'millrace list --all' shows those that it knows.",
                                e);
                    } catch (YarnException e) {
                        if (isOfSomebodyElse(e)) {
                            throw new MillraceException(
                                    ErrorCode.NOT_PERMITTED,
                                    "you may not "
                                            + what
                                            + ": "
                                            + HadoopErrors.firstLine(e)
                                            + ". Ask its owner, or the administrators of its queue.",
                                    e);
                        }
                        throw new MillraceException(
                                ErrorCode.SUBMISSION_REJECTED,
                                "the ResourceManager "
                                        + address()
                                        + " refused to "
                                        + what
                                        + ": "
                                        + HadoopErrors.firstLine(e)
                                        + ".",
                                e);
                    } catch (IOException e) {
                        throw HadoopErrors.explain(e, what + " at the ResourceManager", address());
                    }
                });
    }

    /** As the access control of YARN says it of applications; the class comes as text only. */
    private static boolean isOfSomebodyElse(YarnException e) {
        return HadoopErrors.firstLine(e).contains("cannot perform operation");
    }

    /** Who submits, as the cluster calls them. */
    String userName() {
        try {
            return UserGroupInformation.getCurrentUser().getShortUserName();
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.PERMISSION_DENIED,
                    "Hadoop cannot tell who you are: " + e.getMessage() + ". Check 'kinit'.",
                    e);
        }
    }

    String address() {
        String ids = configuration.get(YarnConfiguration.RM_HA_IDS);
        return ids == null
                ? configuration.get(
                        YarnConfiguration.RM_ADDRESS,
                        configuration.get("yarn.resourcemanager.hostname", "0.0.0.0") + ":8032")
                : ids;
    }

    @Override
    public void close() {
        yarn.stop();
    }

    /*
     * YARN counts attempts, not time: max-wait / interval of them, each of which is a connection of
     * Hadoop's RPC with retries of its own. Five attempts of at most 4 s and the pauses make 24 s.
     */
    private static void boundRetries(Configuration configuration) {
        configuration.setInt("ipc.client.connect.timeout", 4_000);
        configuration.setInt("ipc.client.connect.max.retries", 2);
        configuration.setInt("ipc.client.connect.retry.interval", 300);
        configuration.setInt("ipc.client.connect.max.retries.on.timeouts", 0);
        configuration.setInt("ipc.client.rpc-timeout.ms", 20_000);
        configuration.setLong("yarn.resourcemanager.connect.max-wait.ms", 4_000);
        configuration.setLong("yarn.resourcemanager.connect.retry-interval.ms", 1_000);
        configuration.setInt("yarn.client.failover-max-attempts", 6);
        configuration.setInt("dfs.client.failover.max.attempts", 4);
        configuration.setInt("dfs.client.failover.sleep.max.millis", 2_000);
        // Submission is accepted within milliseconds; do not look for it only every 200.
        configuration.setLong("yarn.client.application-client-protocol.poll-interval-ms", 20);
    }
}
