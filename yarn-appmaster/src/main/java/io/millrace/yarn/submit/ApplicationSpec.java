package io.millrace.yarn.submit;

import io.millrace.api.option.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a user wants to run on a cluster. Immutable.
 *
 * @param name as lists show it
 * @param jar the user's program, a local file
 * @param mainClass null to take the one that the jar's manifest names
 * @param args of the program's {@code main}; they reach it unchanged
 * @param config the merged options of files and command line
 * @param home the distribution to run with: the directory that holds {@code lib} and {@code conf}
 */
public record ApplicationSpec(
        String name, Path jar, String mainClass, List<String> args, Config config, Path home) {

    public ApplicationSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(jar);
        Objects.requireNonNull(config);
        Objects.requireNonNull(home);
        args = List.copyOf(args);
    }
}
