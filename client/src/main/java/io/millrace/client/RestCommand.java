package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.RestTokens;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace rest}: where a job is asked by REST, with the right to do so, for curl. */
/* Into a pipe and not into an argument, where every user of the machine can read it. */
@Command(
        name = "rest",
        description = "Prints a request of a job's REST interface as a configuration for curl.",
        footer = {
            "",
            "millrace rest ID savepoints | curl -sS -K - -d '{}'",
            "",
            "What is printed holds a token of the application: who has it may change its jobs",
            "as long as it runs. See docs/savepoints.md."
        })
final class RestCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "ID", description = "Job or application.")
    private String id;

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "",
            paramLabel = "PATH",
            description = "Behind /v1/jobs/ID/, such as savepoints; without it the job itself.")
    private String path;

    @Option(names = "--view", description = "With a token that may only look.")
    private boolean view;

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    RestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (!path.matches("([A-Za-z0-9_~?=&%-][A-Za-z0-9._~/?=&%-]*)?") || path.contains("..")) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "'"
                            + path
                            + "' is no path behind that of a job, such as savepoints or"
                            + " savepoints/REQUEST_ID.");
        }
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            RunningJob job = RunningJob.find(id, applications, surroundings);
            ApplicationState state = applications.find(job.applicationId());
            RestTokens tokens =
                    RestTokens.of(surroundings.secrets().find(job.applicationId()).orElseThrow());
            String place = "v1/jobs/" + job.jobId() + (path.isEmpty() ? "" : "/" + path);
            print("url", URI.create(state.restUrl()).resolve(place).toString());
            print("header", "Authorization: Bearer " + (view ? tokens.view() : tokens.modify()));
            print("header", "Content-Type: application/json");
            surroundings.out().flush();
            return 0;
        }
    }

    private void print(String option, String value) {
        surroundings.out().println(option + " = \"" + value + "\"");
    }
}
