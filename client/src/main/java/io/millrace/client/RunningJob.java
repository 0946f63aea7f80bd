package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.client.job.JobRest;
import io.millrace.client.job.JobView;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A job that a command is about: named by its own id, or by its application's if it is the only one
 * there that runs. Immutable.
 *
 * @param jobId 32 hexadecimal digits
 */
record RunningJob(String applicationId, String jobId) {
    private static final String JOB_ID = "[0-9a-f]{32}";
    private static final String SAVEPOINTS_STAY =
            "Of a job that has ended 'millrace savepoint list DIR' shows which savepoints are"
                    + " whole.";

    /**
     * @param id of a job or of an application
     * @throws MillraceException {@code JOB_NOT_FOUND}, {@code USAGE} if it is not clear which,
     *     {@code CLUSTER_UNREACHABLE} if its application master does not answer
     */
    static RunningJob find(String id, YarnApplications applications, Surroundings surroundings) {
        if (!id.matches(JOB_ID)) {
            return only(applications.find(id), surroundings);
        }
        for (ApplicationState state : applications.list(false)) {
            boolean has =
                    rest(state, surroundings).isPresent()
                            && jobs(state, surroundings, false).stream()
                                    .anyMatch(job -> job.id().equals(id));
            if (has) {
                return new RunningJob(state.applicationId(), id);
            }
        }
        throw new MillraceException(
                ErrorCode.JOB_NOT_FOUND,
                "no application that runs and that was submitted from here has a job "
                        + id
                        + ". 'millrace list' shows the applications, 'millrace info' their jobs. "
                        + SAVEPOINTS_STAY);
    }

    private static RunningJob only(ApplicationState state, Surroundings surroundings) {
        String id = state.applicationId();
        if (state.phase().isTerminal()) {
            throw new MillraceException(
                    ErrorCode.JOB_NOT_FOUND,
                    id + " has ended: " + state.phase() + ". " + SAVEPOINTS_STAY);
        }
        if (rest(state, surroundings).isEmpty()) {
            throw new MillraceException(
                    ErrorCode.NOT_PERMITTED,
                    id
                            + " has not started yet, or was not submitted from here: its secret"
                            + " is needed to ask it for savepoints.");
        }
        List<JobView> running =
                jobs(state, surroundings, true).stream().filter(job -> !job.ended()).toList();
        if (running.size() == 1) {
            return new RunningJob(id, running.get(0).id());
        }
        throw new MillraceException(
                running.isEmpty() ? ErrorCode.JOB_NOT_FOUND : ErrorCode.USAGE,
                running.isEmpty()
                        ? "no job of " + id + " runs; 'millrace info " + id + "' shows its jobs."
                        : "several jobs of "
                                + id
                                + " run: "
                                + running.stream()
                                        .map(job -> job.id() + " (" + job.name() + ")")
                                        .toList()
                                + ". Name one of them.");
    }

    private static List<JobView> jobs(
            ApplicationState state, Surroundings surroundings, boolean must) {
        try {
            return rest(state, surroundings).orElseThrow().jobs();
        } catch (IOException | MillraceException e) {
            if (must) {
                throw new MillraceException(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        "the application master of "
                                + state.applicationId()
                                + " does not answer: "
                                + e.getMessage()
                                + ". Try again.",
                        e);
            }
            return List.of();
        }
    }

    /** Its interface; empty while it has none, or if it was not submitted from here. */
    static Optional<JobRest> rest(ApplicationState state, Surroundings surroundings) {
        var secret = surroundings.secrets().find(state.applicationId());
        return state.restUrl() == null || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new JobRest(URI.create(state.restUrl()), secret));
    }
}
