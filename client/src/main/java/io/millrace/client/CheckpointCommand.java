package io.millrace.client;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code millrace checkpoint …}: checkpoints on storage, whether their job runs or not. */
@Command(
        name = "checkpoint",
        description = "Lists, shows, verifies and cleans checkpoints, without a running job.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "PATH is the directory of checkpoints, of one job's, or of one checkpoint in it:",
            "<directory>/<job id>/<epoch>/<checkpoint id>. Without a scheme it is on the",
            "cluster that HADOOP_CONF_DIR names, else on this machine."
        })
final class CheckpointCommand {
    private CheckpointCommand() {}

    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new CheckpointCommand())
                .addSubcommand(new CheckpointListCommand(surroundings))
                .addSubcommand(new CheckpointShowCommand(surroundings))
                .addSubcommand(new CheckpointVerifyCommand(surroundings))
                .addSubcommand(new CheckpointGcCommand(surroundings));
    }
}
