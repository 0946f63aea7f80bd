package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.Table;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace list}: the applications of the cluster. */
@Command(name = "list", description = "Lists applications on the cluster, newest first.")
final class ListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = {"-a", "--all"},
            description = "Those that have ended, too.")
    private boolean all;

    @Mixin private OutputFormat format = new OutputFormat();

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    ListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            List<ApplicationState> found = applications.list(all);
            surroundings.out().print(format.json() ? json(found) : table(found));
            surroundings.out().flush();
            return 0;
        }
    }

    private String table(List<ApplicationState> found) {
        if (found.isEmpty()) {
            return (all ? "No applications." : "No applications are running; -a shows ended ones.")
                    + System.lineSeparator();
        }
        Table table = new Table("APPLICATION", "NAME", "STATE", "USER", "QUEUE", "STARTED", "TAG");
        for (ApplicationState state : found) {
            table.row(
                    state.applicationId(),
                    state.name(),
                    state.phase(),
                    state.user(),
                    state.queue(),
                    Numbers.time(state.startedMs()),
                    state.runTag() == null ? "" : state.runTag());
        }
        return table.toString();
    }

    private static String json(List<ApplicationState> found) {
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        ArrayNode list = root.putArray("applications");
        found.forEach(state -> list.add(ApplicationJson.of(state)));
        return root.toPrettyString() + System.lineSeparator();
    }
}
