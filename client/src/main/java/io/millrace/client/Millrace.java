package io.millrace.client;

import io.millrace.client.job.ApplicationSecrets;
import io.millrace.client.sandbox.SandboxCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code millrace} program: names the commands and gives each what it needs. */
@Command(
        name = "millrace",
        description = "Runs bounded and unbounded jobs, on YARN or in one process.",
        mixinStandardHelpOptions = true,
        version = "millrace 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = CommandLine.HelpCommand.class)
public final class Millrace {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Shows the stack traces of errors.")
    private boolean verbose;

    private Millrace() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Path home = Path.of(System.getProperty("millrace.home", "."));
        Path userFiles = Path.of(System.getProperty("user.home"), ".millrace");
        int exitCode =
                execute(
                        new Surroundings(
                                out,
                                err,
                                Boolean.getBoolean("millrace.terminal"),
                                System.getenv(),
                                home,
                                new ApplicationSecrets(userFiles.resolve("applications")),
                                OozieAction.of(System.getenv()),
                                Connections::toYarn,
                                Connections::embedded),
                        args);
        out.flush();
        // Hadoop leaves threads behind that would keep the process.
        System.exit(exitCode);
    }

    /** Runs one command line and returns its exit code. */
    static int execute(Surroundings surroundings, String... args) {
        Millrace millrace = new Millrace();
        CommandLine command = new CommandLine(millrace);
        command.addSubcommand(new RunCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new ListCommand(surroundings))
                .addSubcommand(new InfoCommand(surroundings))
                .addSubcommand(new WaitCommand(surroundings))
                .addSubcommand(new CancelCommand(surroundings))
                .addSubcommand(
                        SavepointTables.addTo(
                                new CommandLine(new SavepointCommand(surroundings)), surroundings))
                .addSubcommand(new StopCommand(surroundings))
                .addSubcommand(new RescaleCommand(surroundings))
                .addSubcommand(new RestCommand(surroundings))
                .addSubcommand(new LogsCommand(surroundings))
                .addSubcommand(CheckpointCommand.with(surroundings))
                .addSubcommand(new OptionsCommand(surroundings))
                .addSubcommand(new PortCommand(surroundings))
                .addSubcommand(new RenameCommand(surroundings))
                .addSubcommand(new SandboxCommand())
                .addSubcommand(new QuickstartCommand(surroundings));
        command.getSubcommands().values().forEach(Millrace::addHelp);
        // What follows the jar belongs to the program, dashes or not.
        command.getSubcommands().get("run").setStopAtPositional(true);
        command.getSubcommands().get("check").setStopAtPositional(true);
        command.setOut(surroundings.out()).setErr(surroundings.err());
        command.setParameterExceptionHandler(
                (error, commandArgs) -> onUsage(error, surroundings.err()));
        command.setExecutionExceptionHandler(
                (error, failed, parsed) ->
                        ErrorReport.print(error, surroundings.err(), millrace.verbose));
        return command.execute(args);
    }

    /** {@code millrace COMMAND --help}, also where the command lacks what it needs. */
    private static void addHelp(CommandLine command) {
        if (command.getCommand() instanceof CommandLine.HelpCommand) {
            return;
        }
        command.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Explains the command.")
                                .build());
        command.getSubcommands().values().forEach(Millrace::addHelp);
    }

    private static int onUsage(ParameterException error, PrintWriter err) {
        err.println("USAGE: " + error.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(error, err);
        err.println(
                "Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return io.millrace.api.error.ErrorCode.USAGE.exitCode();
    }
}
