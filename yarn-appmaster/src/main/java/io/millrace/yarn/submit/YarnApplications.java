package io.millrace.yarn.submit;

import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.yarn.claim.RunTag;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The applications of a YARN cluster, as a client sees them: submit, find, list, kill, read logs.
 * Thread-safe. Every call answers within about 30 s, also when the cluster does not.
 */
public interface YarnApplications extends AutoCloseable {
    /**
     * The cluster that {@code HADOOP_CONF_DIR} names. Nothing is asked of it yet.
     *
     * @throws MillraceException {@code CLUSTER_NOT_CONFIGURED}; {@code AUTHENTICATION_FAILED} if
     *     the cluster is secure and there is no ticket; the calls that follow throw {@code
     *     CLUSTER_UNREACHABLE} if nobody answers
     */
    static YarnApplications connect(Config config, Map<String, String> environment) {
        return ClusterApplications.connect(config, environment);
    }

    /**
     * Checks, uploads and submits; with a tag ('yarn.run-tag') under which an application of this
     * user runs already, or has done its work once for all, returns that one instead. If it throws,
     * or the process dies in it, there is no application and what it wrote is removed, by itself or
     * by the next submission.
     *
     * @throws MillraceException {@code JAR_UNREADABLE}, {@code NO_MAIN_CLASS}, {@code
     *     QUEUE_NOT_FOUND}, {@code RESOURCE_EXCEEDS_MAXIMUM}, {@code SUBMISSION_REJECTED}, {@code
     *     PERMISSION_DENIED}, {@code CLUSTER_UNREACHABLE}, {@code STORAGE_FAILED}
     */
    SubmittedApplication submit(ApplicationSpec spec);

    /**
     * @throws MillraceException {@code JOB_NOT_FOUND} if the text is no application id, or the
     *     cluster does not know it
     */
    ApplicationState find(String applicationId);

    /**
     * The application of this user with a tag: the one that has not ended, else the newest that
     * YARN remembers.
     */
    Optional<ApplicationState> findByTag(RunTag tag);

    /**
     * Applications of type {@code MILLRACE}, newest first.
     *
     * @param all those that have ended, too
     */
    List<ApplicationState> list(boolean all);

    /**
     * What the cluster would give an application of these options, and has free now. Submits
     * nothing.
     *
     * @throws MillraceException {@code CLUSTER_UNREACHABLE}, {@code INVALID_OPTION}
     */
    ClusterLimits limits(Config config);

    /** Ends an application without asking it. One that has ended stays as it is. */
    void kill(String applicationId);

    /**
     * Writes the logs of all containers, each behind a line that names it. While the application
     * runs they come from the NodeManagers, then from where YARN aggregates them.
     *
     * @throws MillraceException {@code PATH_NOT_FOUND} saying where they lie if they cannot be read
     */
    void logs(String applicationId, Appendable out);

    @Override
    void close();
}
