package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.client.job.JobRest;
import io.millrace.client.job.JobView;
import io.millrace.client.job.ProgressDisplay;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.ApplicationState.Phase;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Follows an application to its end. What counts is the ResourceManager's report; the application
 * master's REST interface only shows how it comes along, and may be away.
 *
 * <p>A ResourceManager that does not answer is asked again until its patience ends: it may be
 * restarted, or another one takes over, and the application runs on meanwhile.
 *
 * <p>Confined to one thread.
 */
final class Following {
    private static final long LOOK_EVERY_MS = 300;
    private static final long LOOK_AT_LEAST_EVERY_MS = 3_000;

    private final Surroundings surroundings;
    private final YarnApplications applications;
    private final Patience patience;
    private final LongSupplier nanoTime;
    private String restUrl; // null until there is one; another after a failover
    private JobRest rest; // for restUrl
    private JobView lastJob; // null until one was seen
    private JobView.Failure failure; // the last that was seen

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    Following(
            Surroundings surroundings,
            YarnApplications applications,
            Patience patience,
            LongSupplier nanoTime) {
        this.surroundings = surroundings;
        this.applications = applications;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /**
     * How long to wait. Immutable.
     *
     * @param forAnswer of a cluster that does not answer
     * @param forEnd null for as long as it takes
     */
    record Patience(Duration forAnswer, Duration forEnd) {
        static final Patience USUAL = new Patience(Duration.ofMinutes(10), null);
    }

    /** Empty if no job was seen. */
    String jobId() {
        return lastJob == null ? "" : lastJob.id();
    }

    /**
     * Shows progress until the application has ended, then says how; returns its last state.
     *
     * @throws MillraceException {@code OUTCOME_UNKNOWN} if patience ends first
     */
    ApplicationState toTheEnd(String id) {
        ProgressDisplay display =
                new ProgressDisplay(surroundings.err(), surroundings.terminal(), nanoTime);
        long beganNanos = nanoTime.getAsLong();
        long answeredNanos = beganNanos;
        boolean silent = false;
        while (true) {
            try {
                ApplicationState state = applications.find(id);
                if (silent) {
                    surroundings.err().println("The cluster answers again.");
                }
                silent = false;
                answeredNanos = nanoTime.getAsLong();
                show(state, display);
                if (state.phase().isTerminal()) {
                    display.end();
                    surroundings.secrets().forget(id);
                    report(Verdict.of(state));
                    return state;
                }
            } catch (MillraceException e) {
                giveUp(e, id, nanoTime.getAsLong() - answeredNanos);
                if (!silent) {
                    display.end();
                    surroundings.err().println("Still waiting: " + e.getMessage());
                }
                silent = true;
            }
            long waitedNanos = nanoTime.getAsLong() - beganNanos;
            if (patience.forEnd() != null && waitedNanos >= patience.forEnd().toNanos()) {
                throw new MillraceException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        id
                                + " has not ended within "
                                + patience.forEnd().toSeconds()
                                + " s. It runs on: 'millrace wait "
                                + id
                                + "' waits again.");
            }
            if (!pause(waitedNanos / 1_000_000)) {
                throw new MillraceException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "the wait for " + id + " was interrupted; it runs on.");
            }
        }
    }

    /** Throws unless the cluster may answer later. */
    private void giveUp(MillraceException error, String id, long silentNanos) {
        boolean mayComeBack =
                error.code() == ErrorCode.CLUSTER_UNREACHABLE
                        && silentNanos < patience.forAnswer().toNanos();
        if (!mayComeBack) {
            throw new MillraceException(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "how "
                            + id
                            + " ends cannot be told: "
                            + error.getMessage()
                            + " It was not cancelled: 'millrace wait "
                            + id
                            + "' waits again.",
                    error);
        }
    }

    /** Often at first, then as seldom as one who waits for hours does not notice. */
    private static boolean pause(long waitedMs) {
        long pauseMs = Math.max(LOOK_EVERY_MS, Math.min(LOOK_AT_LEAST_EVERY_MS, waitedMs / 50));
        try {
            TimeUnit.MILLISECONDS.sleep(pauseMs);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void show(ApplicationState state, ProgressDisplay display) {
        Optional<JobView> job = look(state);
        if (job.isPresent()) {
            lastJob = job.get();
            failure = lastJob.failure() != null ? lastJob.failure() : failure;
            display.show(lastJob);
        } else if (state.phase() == Phase.WAITING) {
            display.waiting("Waiting for the cluster to start the application master");
        } else if (state.phase() == Phase.RUNNING && lastJob == null && state.progress() > 0) {
            display.waiting(
                    state.applicationId()
                            + " runs; of its tasks "
                            + (int) (state.progress() * 100)
                            + " % have finished");
        }
    }

    /** The job that runs, else the last one; empty while the application master does not answer. */
    private Optional<JobView> look(ApplicationState state) {
        if (state.restUrl() == null || state.phase() != Phase.RUNNING) {
            return Optional.empty();
        }
        try {
            if (!state.restUrl().equals(restUrl)) {
                restUrl = state.restUrl();
                rest =
                        new JobRest(
                                URI.create(restUrl),
                                surroundings.secrets().find(state.applicationId()));
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

    private void report(Verdict verdict) {
        if (verdict.code() != null && ErrorReport.isUsersCode(verdict.code())) {
            String seen = failure == null ? "" : failure.stackTrace().strip();
            surroundings.err().println(verdict.stack().isEmpty() ? seen : verdict.stack());
        }
        if (!verdict.context().isEmpty()) {
            surroundings.err().println(verdict.context());
        }
        surroundings.err().println(verdict.message());
        surroundings.err().flush();
    }
}
