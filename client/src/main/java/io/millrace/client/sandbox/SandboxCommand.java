package io.millrace.client.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.sandbox.SandboxStatus.DaemonStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace sandbox …}: the commands around {@link Sandbox}. */
@Command(
        name = "sandbox",
        description =
                "Runs a Hadoop cluster of one machine: HDFS, YARN and ZooKeeper, with Kafka if wanted.",
        subcommandsRepeatable = false)
public final class SandboxCommand {
    enum Output {
        table,
        json
    }

    @Spec private CommandSpec spec;

    @Option(
            names = "--dir",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description =
                    "Where the sandbox lies. Default: $MILLRACE_SANDBOX_DIR, else sandbox-data"
                            + " beside bin.")
    private Path directory;

    @Command(name = "start", description = "Starts the daemons and waits until they are ready.")
    int start(
            @Option(
                            names = "--timeout",
                            defaultValue = "120",
                            description = "Seconds to wait. Default: ${DEFAULT-VALUE}.")
                    int timeoutSeconds,
            @Option(names = "--kafka", description = "Starts a broker of Kafka, too.")
                    boolean kafka,
            @Option(
                            names = "--secure",
                            description =
                                    "Secures HDFS and YARN with Kerberos; starts a key distribution"
                                            + " center, too.")
                    boolean secure,
            @Option(
                            names = "--token-lifetime",
                            paramLabel = "SECONDS",
                            description =
                                    "With --secure: when delegation tokens of HDFS end. Default:"
                                            + " after seven days, as usual.")
                    Integer tokenLifetimeSeconds,
            @Option(
                            names = "--kafka-jars",
                            paramLabel = "DIR",
                            description =
                                    "Starts a broker of another release than the sandbox's own,"
                                            + " from a directory with its jars, where none runs.")
                    Path kafkaJars) {
        Sandbox sandbox = kafkaJars == null ? sandbox() : sandboxWithBroker(kafkaJars);
        long startedNanos = System.nanoTime();
        err().println("Starting the sandbox in " + sandbox.directory());
        boolean started =
                sandbox.start(
                        Duration.ofSeconds(timeoutSeconds),
                        new SandboxParts(
                                kafka || kafkaJars != null,
                                secure,
                                tokenLifetimeSeconds == null
                                        ? null
                                        : Duration.ofSeconds(tokenLifetimeSeconds)));
        err().printf(
                        Locale.ROOT,
                        started
                                ? "The sandbox runs (%.1f s).%n"
                                : "The sandbox was running already (looked for %.1f s).%n",
                        (System.nanoTime() - startedNanos) / 1e9);
        printEnvironment(sandbox);
        return 0;
    }

    @Command(name = "stop", description = "Ends the daemons and all containers.")
    int stop() {
        Sandbox sandbox = sandbox();
        int ended = sandbox.stop();
        err().println(
                        ended == 0
                                ? "No sandbox runs in " + sandbox.directory()
                                : "Stopped the sandbox: " + ended + " processes ended.");
        return 0;
    }

    @Command(name = "status", description = "Shows each daemon; ends with 0 if all are ready.")
    int status(
            @Option(names = "--output", defaultValue = "table", description = "table or json.")
                    Output output) {
        SandboxStatus status = sandbox().status();
        if (output == Output.json) {
            out().println(json(status).toPrettyString());
        } else {
            out().print(table(status));
        }
        out().flush();
        return status.ready() ? 0 : 1;
    }

    @Command(
            name = "ticket",
            description = "Gets a ticket of a secure sandbox's KDC, as kinit does.")
    int ticket(
            @Option(
                            names = "--lifetime",
                            paramLabel = "SECONDS",
                            defaultValue = "36000",
                            description = "When it ends. Default: ${DEFAULT-VALUE}.")
                    int lifetimeSeconds) {
        Path cache = sandbox().ticket(Duration.ofSeconds(lifetimeSeconds));
        err().println("The ticket is in " + cache + ", where KRB5CCNAME of 'sandbox env' points.");
        return 0;
    }

    @Command(name = "env", description = "Prints what a shell needs: eval \"$(… sandbox env)\".")
    int env() {
        printEnvironment(sandbox());
        return 0;
    }

    private void printEnvironment(Sandbox sandbox) {
        sandbox.environment()
                .forEach((name, value) -> out().println("export " + name + "=" + quote(value)));
    }

    private Sandbox sandbox() {
        return new Sandbox(
                SandboxPlaces.directory(directory), SandboxPlaces.libraries(), err()::println);
    }

    private Sandbox sandboxWithBroker(Path jars) {
        return new Sandbox(
                SandboxPlaces.directory(directory),
                SandboxPlaces.libraries(),
                jars.toAbsolutePath(),
                err()::println);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    static ObjectNode json(SandboxStatus status) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("directory", status.directory().toString());
        root.put("confDir", status.confDir().toString());
        root.put("ready", status.ready());
        ArrayNode daemons = root.putArray("daemons");
        for (DaemonStatus daemon : status.daemons()) {
            ObjectNode node = daemons.addObject();
            node.put("name", daemon.daemon().id());
            node.put("state", daemon.state().name());
            node.put("pid", daemon.pid());
            node.put("address", daemon.address());
            node.put("rssBytes", daemon.rssBytes());
            node.put("log", daemon.log().toString());
        }
        return root;
    }

    static String table(SandboxStatus status) {
        StringBuilder table = new StringBuilder();
        String row = "%-16s %-9s %8s %8s  %s%n";
        table.append(String.format(row, "DAEMON", "STATE", "PID", "MEMORY", "ADDRESS"));
        for (DaemonStatus daemon : status.daemons()) {
            table.append(
                    String.format(
                            row,
                            daemon.daemon().id(),
                            daemon.state(),
                            daemon.pid() == 0 ? "-" : daemon.pid(),
                            daemon.rssBytes() == 0 ? "-" : (daemon.rssBytes() >> 20) + " MB",
                            daemon.address()));
        }
        return table.append(String.format("Directory: %s%n", status.directory())).toString();
    }

    private static String quote(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
