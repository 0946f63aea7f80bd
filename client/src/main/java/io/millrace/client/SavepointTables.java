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
                .addSubcommand(new SavepointVerifyCommand(surroundings));
    }
}
