package io.millrace.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.job.JobRest;
import io.millrace.client.job.JobView;
import io.millrace.client.job.Numbers;
import io.millrace.client.job.ProgressLines;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace info}: one application and its jobs. */
@Command(name = "info", description = "Shows an application, its jobs and their vertices.")
final class InfoCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private WhichApplication which = new WhichApplication();

    @Mixin private OutputFormat format = new OutputFormat();

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    InfoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (YarnApplications applications =
                surroundings.connectToYarn(
                        ClientConfig.of(surroundings, cluster.overrides, null))) {
            ApplicationState state = which.find(applications);
            Told told = ask(state);
            if (format.json()) {
                ObjectNode root = ApplicationJson.JSON.createObjectNode();
                root.set("application", ApplicationJson.of(state));
                root.putArray("jobs").addAll(told.jobs());
                ArrayNode troubles = root.putArray("troubles");
                told.troubles().forEach(troubles::add);
                surroundings.out().println(root.toPrettyString());
            } else {
                print(state, told);
            }
            surroundings.out().flush();
            return 0;
        }
    }

    /**
     * What the application master says; nothing if it does not answer.
     *
     * @param troubles what goes wrong around the jobs
     */
    private record Told(List<JsonNode> jobs, List<String> troubles) {}

    private Told ask(ApplicationState state) {
        Told nothing = new Told(List.of(), List.of());
        if (state.restUrl() == null || state.phase().isTerminal()) {
            return nothing;
        }
        try {
            JobRest master =
                    new JobRest(
                            URI.create(state.restUrl()),
                            surroundings.secrets().find(state.applicationId()));
            return new Told(master.rawJobs(), master.troubles());
        } catch (IOException | RuntimeException e) {
            surroundings
                    .err()
                    .println("The application master does not tell its jobs: " + e.getMessage());
            return nothing;
        }
    }

    private void print(ApplicationState state, Told told) {
        PrintWriter out = surroundings.out();
        line(out, "Application", state.applicationId());
        line(out, "Name", state.name());
        line(out, "State", state.phase().name());
        line(out, "User", state.user());
        line(out, "Queue", state.queue());
        if (state.runTag() != null) {
            line(out, "Tag", state.runTag());
        }
        line(out, "Started", Numbers.time(state.startedMs()));
        line(out, "Finished", Numbers.time(state.finishedMs()));
        line(out, "Page", state.trackingUrl() == null ? "-" : state.trackingUrl());
        if (!state.diagnostics().isBlank()) {
            line(out, "Diagnostics", state.diagnostics().strip());
        }
        told.troubles().forEach(trouble -> line(out, "Trouble", trouble));
        for (JsonNode job : told.jobs()) {
            out.println();
            ProgressLines.block(JobView.of(job)).forEach(out::println);
        }
    }

    private static void line(PrintWriter out, String label, String value) {
        out.printf("%-12s %s%n", label, value);
    }
}
