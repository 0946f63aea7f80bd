package io.millrace.client;

import io.millrace.api.checkpoint.SavepointFormatType;
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

    @Option(
            names = {"-s", "--withSavepoint"},
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "DIR",
            description =
                    "Writes a savepoint before, and cancels one job when there is one; without DIR"
                            + " in execution.checkpointing.savepoint-dir.")
    private String savepoint;

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    CancelCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (savepoint != null) {
            return cancelWithSavepoint();
        }
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

    private int cancelWithSavepoint() {
        // 'cancel --withSavepoint ID': what looks like the directory is the job.
        String id = which.id() == null && !savepoint.isEmpty() ? savepoint : which.id();
        String directory = which.id() == null || savepoint.isEmpty() ? null : savepoint;
        if (id == null) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "name the job, or its application: millrace cancel --withSavepoint [DIR] ID.");
        }
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            RunningJob job = RunningJob.find(id, applications, surroundings);
            return new OperationWait(surroundings, applications, job, timeoutSeconds)
                    .run(
                            OperationWait.draw(),
                            "Cancel with savepoint",
                            true,
                            (rest, drawn) ->
                                    rest.savepoint(
                                            job.jobId(),
                                            directory,
                                            true,
                                            SavepointFormatType.DEFAULT.name(),
                                            drawn));
        }
    }
}
