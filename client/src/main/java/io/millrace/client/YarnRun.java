package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.client.job.JobRest;
import io.millrace.client.job.JobView;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.ProgressDisplay;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.submit.ApplicationSpec;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.ApplicationState.Phase;
import io.millrace.yarn.submit.SubmittedApplication;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Submits a program to YARN and follows it to its end. What counts is the ResourceManager's report;
 * the application master's REST interface only shows how it comes along, and may be away.
 *
 * <p>Confined to one thread.
 */
final class YarnRun {
    private static final long LOOK_EVERY_MS = 300;

    private final Surroundings surroundings;
    private final YarnApplications applications;
    private String restUrl; // null until there is one; another after a failover
    private JobRest rest; // for restUrl

    YarnRun(Surroundings surroundings, YarnApplications applications) {
        this.surroundings = surroundings;
        this.applications = applications;
    }

    SubmittedApplication submit(Program program) {
        SubmittedApplication submitted =
                applications.submit(
                        new ApplicationSpec(
                                program.name(),
                                program.jar(),
                                program.mainClass(),
                                program.args(),
                                program.config(),
                                surroundings.home()));
        surroundings.secrets().put(submitted.applicationId(), submitted.secret());
        return submitted;
    }

    /** Shows progress until the application has ended; returns its exit code. */
    int follow(SubmittedApplication submitted) {
        ProgressDisplay display =
                new ProgressDisplay(surroundings.err(), surroundings.terminal(), System::nanoTime);
        JobView.Failure failure = null;
        while (true) {
            ApplicationState state = applications.find(submitted.applicationId());
            Optional<JobView> job = look(state, submitted.secret());
            if (job.isPresent()) {
                display.show(job.get());
                failure = job.get().failure() != null ? job.get().failure() : failure;
            } else if (state.phase() == Phase.WAITING) {
                display.waiting("Waiting for the cluster to start the application master");
            }
            if (state.phase().isTerminal()) {
                display.end();
                surroundings.secrets().forget(state.applicationId());
                return report(state, failure);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 130;
            }
        }
    }

    /** The job that runs, else the last one; empty while the application master does not answer. */
    private Optional<JobView> look(ApplicationState state, AppSecret secret) {
        if (state.restUrl() == null || state.phase() != Phase.RUNNING) {
            return Optional.empty();
        }
        try {
            if (!state.restUrl().equals(restUrl)) {
                restUrl = state.restUrl();
                rest = new JobRest(URI.create(restUrl), Optional.of(secret));
            }
            List<JobView> jobs = rest.jobs();
            Optional<JobView> running = jobs.stream().filter(job -> !job.ended()).findFirst();
            return running.isPresent() || jobs.isEmpty()
                    ? running
                    : Optional.of(jobs.get(jobs.size() - 1));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it starts, ends, or moves; the report tells which
        }
    }

    private int report(ApplicationState state, JobView.Failure failure) {
        long tookMs = state.finishedMs() - state.startedMs();
        switch (state.phase()) {
            case SUCCEEDED -> {
                surroundings
                        .err()
                        .println(
                                state.applicationId()
                                        + " has finished after "
                                        + Numbers.duration(tookMs)
                                        + ".");
                return 0;
            }
            case KILLED -> {
                surroundings
                        .err()
                        .println(
                                ErrorCode.JOB_CANCELED
                                        + ": "
                                        + state.applicationId()
                                        + " was cancelled after "
                                        + Numbers.duration(tookMs)
                                        + ".");
                return ErrorCode.JOB_CANCELED.exitCode();
            }
            default -> {
                Verdict verdict = Verdict.of(state);
                if (ErrorReport.isUsersCode(verdict.code())) {
                    String seen = failure == null ? "" : failure.stackTrace().strip();
                    surroundings
                            .err()
                            .println(verdict.details().isEmpty() ? seen : verdict.details());
                }
                surroundings.err().println(verdict.message());
                return verdict.code().exitCode();
            }
        }
    }
}
