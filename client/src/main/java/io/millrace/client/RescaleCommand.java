package io.millrace.client;

import io.millrace.yarn.submit.YarnApplications;
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
            "it goes on at the parallelism that it had. Ctrl-C ends the command, not the operation.",
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
            names = "--timeout",
            paramLabel = "SECONDS",
            description =
                    "How long to wait for the outcome; the operation goes on. Default: for ever.")
    private int timeoutSeconds;

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    RescaleCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            RunningJob job = RunningJob.find(id, applications, surroundings);
            return new OperationWait(surroundings, applications, job, timeoutSeconds)
                    .run(
                            OperationWait.draw(),
                            "Rescaling to parallelism " + parallelism,
                            false,
                            (rest, drawn) -> rest.rescale(job.jobId(), parallelism, drawn));
        }
    }
}
