package io.millrace.client;

import io.millrace.yarn.submit.YarnApplications;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace logs}: the logs of all containers of an application. */
@Command(name = "logs", description = "Prints the logs of an application's containers.")
final class LogsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "ID", description = "The application id.")
    private String id;

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    LogsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            applications.logs(id, surroundings.out());
            surroundings.out().flush();
            return 0;
        }
    }
}
