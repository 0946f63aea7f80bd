package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.client.job.JobRest;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace rescale}: lets a job go on at another parallelism. */
@Command(
        name = "rescale",
        description = "Lets a job that runs go on at another parallelism.",
        footer = {
            "",
            "ID is a job's id, or that of an application with one running job. Slots are got and a",
            "checkpoint is taken first; then the job goes on from that. If it does not come to run,",
            "it goes on at the parallelism that it had. With --savepoint a savepoint is written",
            "before, and stays whatever happens then. Ctrl-C ends the command, not the operation.",
            "See docs/savepoints.md."
        })
final class RescaleCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "ID", description = "Job or application.")
    private String id;

    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            required = true,
            description =
                    "Subtasks of each operator whose parallelism the program does not set itself.")
    private int parallelism;

    @Option(
            names = {"-s", "--savepoint"},
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "DIR",
            description =
                    "Writes a savepoint before; without DIR in"
                            + " execution.checkpointing.savepoint-dir.")
    private String savepoint;

    @Mixin private SavepointOptions options = new SavepointOptions();

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    RescaleCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (parallelism < 1) {
            throw new MillraceException(
                    ErrorCode.USAGE, "-p is " + parallelism + ", but must be 1 at least.");
        }
        String format = options.format();
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            RunningJob job = RunningJob.find(id, applications, surroundings);
            return new OperationWait(surroundings, applications, job, options.timeoutSeconds())
                    .run(
                            OperationWait.draw(),
                            "Rescaling to parallelism " + parallelism,
                            false,
                            (rest, drawn) -> ask(rest, job.jobId(), format, drawn));
        }
    }

    private void ask(JobRest rest, String jobId, String format, String drawn) throws IOException {
        if (savepoint == null) {
            rest.rescale(jobId, parallelism, drawn);
        } else {
            rest.rescaleWithSavepoint(
                    jobId, parallelism, savepoint.isEmpty() ? null : savepoint, format, drawn);
        }
    }
}
