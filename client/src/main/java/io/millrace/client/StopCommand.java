package io.millrace.client;

import io.millrace.yarn.submit.YarnApplications;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace stop}: ends a job in peace, with a savepoint from which it can go on. */
@Command(
        name = "stop",
        description = "Ends a job with a savepoint; everything before it is committed.",
        footer = {
            "",
            "ID is a job's id, or that of an application with one running job. If the savepoint",
            "fails, the job goes on. Ctrl-C ends the command, not the operation.",
            "See docs/savepoints.md."
        })
final class StopCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "ID", description = "Job or application.")
    private String id;

    @Option(
            names = "--savepoint",
            description = "Says what is done anyway: a job stops with a savepoint.")
    private boolean savepoint;

    @Option(
            names = {"-p", "--savepointPath"},
            paramLabel = "DIR",
            description =
                    "Where the savepoint's own directory will lie; without it"
                            + " execution.checkpointing.savepoint-dir.")
    private String directory;

    @Option(
            names = {"-d", "--drain"},
            description =
                    "Ends all event time before: windows and timers fire. For a job that will not"
                            + " be continued.")
    private boolean drain;

    @Mixin private SavepointOptions options = new SavepointOptions();

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    StopCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        String format = options.format();
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            RunningJob job = RunningJob.find(id, applications, surroundings);
            return new OperationWait(surroundings, applications, job, options.timeoutSeconds())
                    .run(
                            OperationWait.draw(),
                            drain ? "Drain and stop with savepoint" : "Stop with savepoint",
                            true,
                            (rest, drawn) ->
                                    rest.stop(job.jobId(), directory, drain, format, drawn));
        }
    }
}
