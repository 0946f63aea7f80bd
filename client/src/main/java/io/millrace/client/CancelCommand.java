package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace cancel}: ends an application, as {@link Cancellation} does. */
@Command(
        name = "cancel",
        description = "Cancels an application and waits until it has ended.",
        footer = {
            "",
            "From the machine that submitted it, the application ends its tasks in order;",
            "from elsewhere YARN ends it, if you may."
        })
final class CancelCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private WhichApplication which = new WhichApplication();

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
            ApplicationState state = which.find(applications);
            String id = state.applicationId();
            if (state.phase().isTerminal()) {
                surroundings.err().println(id + " has ended already: " + state.phase() + ".");
                return 0;
            }
            Cancellation cancellation = new Cancellation(surroundings, applications);
            cancellation.ask(state);
            ApplicationState ended = cancellation.await(id, Duration.ofSeconds(timeoutSeconds));
            if (!ended.phase().isTerminal()) {
                throw new MillraceException(
                        ErrorCode.CLUSTER_UNREACHABLE,
                        id
                                + " has been asked to end, but is still "
                                + ended.phase()
                                + " after "
                                + timeoutSeconds
                                + " s. Look at 'millrace info "
                                + id
                                + "', or end it by 'yarn application -kill "
                                + id
                                + "'.");
            }
            surroundings.err().println(id + " has ended: " + ended.phase() + ".");
            surroundings.secrets().forget(id);
            return 0;
        }
    }
}
