package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.savepoint.TableSavepoint;
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

    /**
     * Says which command reads a savepoint of tables, of which commands about checkpoints see
     * nothing.
     *
     * @param command that is meant, such as {@code "show"}
     * @throws MillraceException {@code INVALID_OPTION} if there is one at the path
     */
    static void refuseTables(String path, String command) {
        if (TableSavepoint.isAt(new Path(path))) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    path
                            + " is a savepoint of tables; 'millrace savepoint "
                            + command
                            + " "
                            + path
                            + "' reads it.");
        }
    }
}
