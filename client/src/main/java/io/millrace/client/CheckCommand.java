package io.millrace.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.client.job.Table;
import io.millrace.host.check.Finding;
import io.millrace.host.check.ProgramCheck;
import io.millrace.host.check.StartCheck;
import io.millrace.host.check.StateMapping;
import io.millrace.host.submit.HostJobExecutor;
import io.millrace.runtime.loader.Plugins;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.yarn.submit.YarnApplications;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code millrace check}: looks at a program, and at what it would start from, and runs nothing.
 */
@Command(
        name = "check",
        description = "Looks at a program before it runs, without a container.",
        sortOptions = false,
        footer = {
            "",
            "main() is called in this process, up to its first job. Ends with 1 if there is an",
            "error, with 0 if there are warnings and notes only. See docs/cli.md."
        })
final class CheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final List<Finding> findings = new ArrayList<>();
    private StateMapping mapping; // null if the program would start empty

    @Mixin private ProgramArguments arguments = new ProgramArguments();

    @Option(
            names = "--runs-for",
            paramLabel = "AGE",
            description =
                    "How long the job is to run, 12h or 30d: held against the lifetime of tokens."
                            + " Without it: for ever, if its input never ends.")
    private String runsFor;

    @Mixin private OutputFormat format = new OutputFormat();

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (runsFor != null) {
            Ages.parse("--runs-for", runsFor);
        }
        Config config = arguments.config(surroundings, Map.of());
        Connections.toFiles(config, surroundings.environment(), surroundings.namesCluster());
        findings.addAll(JarFindings.of(arguments.jar(), pluginPackages()));
        if (arguments.from() != null) {
            config = startingPoint(config);
        }
        Program program = arguments.program(arguments.jar().getFileName().toString(), config);
        try {
            CheckedProgram.look(program, surroundings, this::look);
        } catch (MillraceException e) {
            findings.add(failed("program", e, program.name()));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        if (format.json()) {
            surroundings.out().println(json().toPrettyString());
        } else {
            print(surroundings.out());
        }
        surroundings.out().flush();
        return errors() == 0 ? 0 : 1;
    }

    private List<String> pluginPackages() {
        return Plugins.load(
                        surroundings.home().resolve("plugins"), FileSystem.class.getClassLoader())
                .exportedPackages();
    }

    private Config startingPoint(Config config) {
        try {
            return arguments.startingAt(
                    new CheckpointStart(surroundings.err()).manifestOf(arguments.from()), config);
        } catch (MillraceException e) {
            findings.add(failed("savepoint", e, arguments.from()));
            return config;
        }
    }

    private void look(StreamGraph graph, ClassLoader user) {
        try {
            lookInto(graph, user);
        } catch (RuntimeException | LinkageError e) { // by classes of the program, or without them
            findings.add(
                    Finding.error(
                            "program",
                            e instanceof MillraceException ? e.getMessage() : e.toString(),
                            graph.jobName(),
                            e instanceof LinkageError
                                    ? "a library is missing, or is of another version: put it into"
                                            + " the jar"
                                    : ""));
        }
    }

    private void lookInto(StreamGraph graph, ClassLoader user) {
        findings.addAll(ProgramCheck.of(graph));
        findings.addAll(PlaceFindings.of(graph.config(), surroundings));
        JobGraph plan = HostJobExecutor.planned(graph, List.of(), user);
        findings.addAll(MemoryFindings.of(graph, plan, graph.config()));
        state(graph, plan, user);
        if (surroundings.namesCluster()) {
            cluster(graph, plan);
        }
    }

    private void state(StreamGraph graph, JobGraph plan, ClassLoader user) {
        try {
            mapping = StartCheck.mapping(graph, plan, user).orElse(null);
        } catch (MillraceException e) {
            findings.add(failed("savepoint", e, arguments.from()));
        }
        if (mapping != null) {
            for (StateMapping.Row row : mapping.refused()) {
                findings.add(
                        Finding.error(
                                "state-incompatible",
                                row.detail(),
                                row.operator()
                                        + (row.state().isEmpty()
                                                ? ""
                                                : ", state '" + row.state() + "'"),
                                ""));
            }
        }
    }

    private void cluster(StreamGraph graph, JobGraph plan) {
        try (YarnApplications applications = surroundings.connectToYarn(graph.config())) {
            findings.addAll(
                    ClusterFindings.of(
                            plan,
                            graph.config(),
                            applications.limits(graph.config()),
                            runsFor == null ? null : Ages.parse("--runs-for", runsFor)));
        } catch (MillraceException e) {
            findings.add(
                    e.code() == ErrorCode.AUTHENTICATION_FAILED
                            ? failed("ticket", e, "Kerberos")
                            : failed("cluster", e, "YARN"));
        }
    }

    private static Finding failed(String rule, MillraceException e, String where) {
        return Finding.error(rule, e.getMessage(), where, "");
    }

    private long errors() {
        return count(Finding.Severity.ERROR);
    }

    private long count(Finding.Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }

    private void print(PrintWriter out) {
        for (Finding finding : findings) {
            out.printf("%-8s %s: %s%n", finding.severity(), finding.where(), finding.what());
            if (!finding.advice().isEmpty()) {
                out.printf("%-8s %s. [%s]%n", "", finding.advice(), finding.rule());
            }
        }
        if (mapping != null) {
            Table table = new Table("STATE", "OPERATOR", "UID", "KIND", "NAME", "WHY");
            for (StateMapping.Row row : mapping.rows()) {
                table.row(
                        row.fate(),
                        row.operator(),
                        row.uid(),
                        row.kind(),
                        row.state(),
                        row.detail());
            }
            out.println();
            out.print(table);
        }
        out.println();
        out.printf(
                "%s, %s, %s%n",
                counted(errors(), "error"),
                counted(count(Finding.Severity.WARNING), "warning"),
                counted(count(Finding.Severity.NOTE), "note"));
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private ObjectNode json() {
        ObjectNode root = ApplicationJson.JSON.createObjectNode();
        root.put("errors", errors())
                .put("warnings", count(Finding.Severity.WARNING))
                .put("notes", count(Finding.Severity.NOTE));
        ArrayNode all = root.putArray("findings");
        for (Finding finding : findings) {
            all.addObject()
                    .put("severity", finding.severity().name())
                    .put("rule", finding.rule())
                    .put("what", finding.what())
                    .put("where", finding.where())
                    .put("advice", finding.advice());
        }
        if (mapping != null) {
            ArrayNode states = root.putArray("states");
            for (StateMapping.Row row : mapping.rows()) {
                states.addObject()
                        .put("fate", row.fate().name())
                        .put("uid", row.uid())
                        .put("operator", row.operator())
                        .put("kind", row.kind())
                        .put("name", row.state())
                        .put("why", row.detail());
            }
        }
        return root;
    }
}
