package io.millrace.client;

import picocli.CommandLine;

/** The commands below {@code millrace savepoint} that need no running job. Pure. */
final class SavepointTables {
    private SavepointTables() {}

    /** Adds them to the command. */
    static CommandLine addTo(CommandLine savepoint, Surroundings surroundings) {
        return savepoint
                .addSubcommand(new SavepointConvertCommand(surroundings))
                .addSubcommand(new SavepointShowCommand(surroundings))
                .addSubcommand(new SavepointQueryCommand(surroundings))
                .addSubcommand(new SavepointExportCommand(surroundings))
                .addSubcommand(new SavepointVerifyCommand(surroundings))
                .addSubcommand(new SavepointListCommand(surroundings))
                .addSubcommand(new SavepointDiffCommand(surroundings))
                .addSubcommand(new SavepointCopyCommand(surroundings))
                .addSubcommand(new SavepointPinCommand.Pin(surroundings))
                .addSubcommand(new SavepointPinCommand.Unpin(surroundings))
                .addSubcommand(new SavepointPinCommand.Tag(surroundings))
                .addSubcommand(new SavepointPruneCommand(surroundings))
                .addSubcommand(new SavepointFsckCommand(surroundings));
    }
}
