package io.millrace.client;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which program a command is about, and how it is to start. Filled by picocli. */
final class ProgramArguments {
    @Option(
            names = {"-c", "--class"},
            paramLabel = "CLASS",
            description = "The class with main(). Without it: the jar's Main-Class.")
    private String mainClass;

    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "Subtasks of each operator, unless the program says otherwise.")
    private Integer parallelism;

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-s", "--from-checkpoint", "--fromSavepoint"},
            paramLabel = "PATH",
            description =
                    "Starts from a savepoint, or from a checkpoint:"
                            + " <directory>/<job>/<epoch>/<checkpoint>, or the newest one of"
                            + " <directory>/<job>.")
    private String from;

    @Option(
            names = {"-n", "--allowNonRestoredState"},
            description =
                    "With -s: state of operators that the program has no more is left behind.")
    private boolean allowNonRestoredState;

    @Parameters(index = "0", paramLabel = "JAR", description = "The program.")
    private Path jar;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "Arguments of main().")
    private List<String> args = List.of();

    Path jar() {
        return jar;
    }

    /** Null if the jar's manifest is to say it. */
    String mainClass() {
        return mainClass;
    }

    /** Where it is to start from; null if the command line does not say it. */
    String from() {
        return from;
    }

    /** The program with the configuration that the command has made of {@link #config}. */
    Program program(String name, Config config) {
        return new Program(name, jar, mainClass, args, config);
    }

    /**
     * What the command line and the file say.
     *
     * @param more options that other arguments of the command stand for; they win
     * @throws MillraceException {@code USAGE}, {@code UNKNOWN_OPTION}, {@code INVALID_OPTION}
     */
    Config config(Surroundings surroundings, Map<String, String> more) {
        if (parallelism != null && parallelism < 1) {
            throw new MillraceException(
                    ErrorCode.USAGE, "-p is " + parallelism + ", but must be 1 or more.");
        }
        Map<String, String> overrides = new LinkedHashMap<>(cluster.overrides);
        overrides.putAll(more);
        return ClientConfig.of(surroundings, overrides, parallelism);
    }

    /**
     * The same for a start from what lies at a path.
     *
     * @param manifest of a checkpoint, or a savepoint
     */
    Config startingAt(String manifest, Config config) {
        Config there = config.with(CheckpointOptions.RECOVERY_PATH, manifest);
        return allowNonRestoredState
                ? there.with(CheckpointOptions.IGNORE_UNCLAIMED_STATE.key(), "true")
                : there;
    }
}
