package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.client.job.JobRest;
import io.millrace.client.job.JobView;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code millrace cancel}: ends an application. With its secret the application master is asked,
 * which ends tasks and sinks in order; without it, or if it does not answer, YARN is.
 */
@Command(
        name = "cancel",
        description = "Cancels an application and waits until it has ended.",
        footer = {
            "",
            "From the machine that submitted it, the application ends its tasks in order;",
            "from elsewhere YARN ends it, if you may."
        })
final class CancelCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MS = 200;

    private final Surroundings surroundings;

    @Parameters(paramLabel = "ID", description = "The application id.")
    private String id;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for the end. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 60;

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    CancelCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            ApplicationState state = applications.find(id);
            if (state.phase().isTerminal()) {
                surroundings.err().println(id + " has ended already: " + state.phase() + ".");
                return 0;
            }
            if (!askMaster(state)) {
                applications.kill(id);
            }
            await(applications);
            surroundings.secrets().forget(id);
            return 0;
        }
    }

    /** Returns false if it cannot be asked. */
    private boolean askMaster(ApplicationState state) {
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

    private void await(YarnApplications applications) {
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        ApplicationState state = applications.find(id);
        while (!state.phase().isTerminal()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new MillraceException(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        id
                                + " has been asked to end, but is still "
                                + state.phase()
                                + " after "
                                + timeoutSeconds
                                + " s. Look at 'millrace info "
                                + id
                                + "', or end it by 'yarn application -kill "
                                + id
                                + "'.");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            state = applications.find(id);
        }
        surroundings.err().println(id + " has ended: " + state.phase() + ".");
    }
}
