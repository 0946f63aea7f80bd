package io.millrace.client;

import io.millrace.client.job.JobRest;
import io.millrace.client.job.JobView;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Ends an application. With its secret the application master is asked, which ends tasks and sinks
 * in order; without it, or if it does not answer, YARN is. Confined to one thread.
 */
final class Cancellation {
    private static final long LOOK_EVERY_MS = 200;

    private final Surroundings surroundings;
    private final YarnApplications applications;

    Cancellation(Surroundings surroundings, YarnApplications applications) {
        this.surroundings = surroundings;
        this.applications = applications;
    }

    /** Asks for the end; it has come when the application's state says so. */
    void ask(ApplicationState state) {
        if (!askMaster(state)) {
            applications.kill(state.applicationId());
        }
    }

    /** Waits for the end; returns the last state seen, which is terminal unless time was up. */
    ApplicationState await(String id, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        ApplicationState state = applications.find(id);
        while (!state.phase().isTerminal() && System.nanoTime() < deadlineNanos) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return state;
            }
            state = applications.find(id);
        }
        return state;
    }

    /** Returns false if it cannot be asked. */
    private boolean askMaster(ApplicationState state) {
        String id = state.applicationId();
        Optional<AppSecret> secret = surroundings.secrets().find(id);
        if (secret.isEmpty() || state.restUrl() == null) {
            surroundings
                    .err()
                    .println(
                            secret.isEmpty()
                                    ? id + " was not submitted from here; YARN ends it."
                                    : id + " has not started yet; YARN ends it.");
            return false;
        }
        try {
            JobRest rest = new JobRest(URI.create(state.restUrl()), secret);
            boolean asked = false;
            for (JobView job : rest.jobs()) {
                if (!job.ended()) {
                    rest.cancel(job.id());
                    asked = true;
                }
            }
            return asked;
        } catch (IOException e) {
            surroundings
                    .err()
                    .println("The application master does not answer (" + e + "); YARN ends it.");
            return false;
        }
    }
}
