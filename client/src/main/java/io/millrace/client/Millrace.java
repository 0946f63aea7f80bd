package io.millrace.client;

import io.millrace.client.sandbox.SandboxCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The main class of the {@code millrace} program. */
@Command(
        name = "millrace",
        description = "Runs bounded and unbounded jobs, on YARN or in one process.",
        mixinStandardHelpOptions = true,
        version = "millrace 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SandboxCommand.class, CommandLine.HelpCommand.class})
public final class Millrace {
    private Millrace() {}

    public static void main(String[] args) {
        int exitCode =
                execute(
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                        args);
        // Hadoop leaves threads behind that would keep the process.
        System.exit(exitCode);
    }

    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Millrace()).setOut(out).setErr(err).execute(args);
    }
}
