package io.millrace.client;

import io.millrace.compat.members.MemberList;
import io.millrace.compat.rename.Mapping;
import io.millrace.compat.source.SourcePort;
import io.millrace.compat.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace port}: rewrites the names in the sources of a Flink program. */
@Command(
        name = "port",
        description =
                "Rewrites Flink's class names in Java sources to Millrace's, and lists the names that"
                        + " have no counterpart. Ends with 1 if there are any.")
final class PortCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SOURCES", description = "A directory or a file.")
    private Path sources;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TO",
            description = "Where the copy goes; without it, the sources are rewritten in place.")
    private Path to;

    PortCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(sources)) {
            throw new ParameterException(spec.commandLine(), "There is no " + sources + ".");
        }
        SourceTree tree = new SourceTree(new SourcePort(Mapping.shipped(), MemberList.shipped()));
        SourceTree.Outcome outcome = tree.port(sources, to == null ? sources : to);
        outcome.leftovers().forEach(surroundings.out()::println);
        surroundings
                .out()
                .printf(
                        "%d of %d Java files changed; %d names have no counterpart.%n",
                        outcome.changed(), outcome.files(), outcome.leftovers().size());
        surroundings.out().flush();
        return outcome.leftovers().isEmpty() ? 0 : 1;
    }
}
