package io.millrace.client;

import io.millrace.compat.rename.JarRenamer;
import io.millrace.compat.rename.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace rename}: makes a jar for Flink one for Millrace. */
@Command(
        name = "rename",
        description =
                "Writes a copy of a program's jar for Flink that 'millrace run' can run: Flink's"
                        + " class names in it become Millrace's.")
final class RenameCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "JAR", description = "The program's jar; only read.")
    private Path jar;

    @Parameters(index = "1", paramLabel = "TO", description = "The jar to write.")
    private Path to;

    RenameCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(jar)) {
            throw new ParameterException(spec.commandLine(), "There is no " + jar + ".");
        }
        new JarRenamer(Mapping.shipped()).rename(jar, to);
        surroundings.out().println("Wrote " + to + ".");
        surroundings.out().flush();
        return 0;
    }
}
