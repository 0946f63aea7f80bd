package io.millrace.client;

import io.millrace.api.option.Config;
import java.nio.file.Path;
import java.util.List;

/**
 * A user's program and how to run it. Immutable.
 *
 * @param name as lists show it
 * @param mainClass null to take the one that the jar's manifest names
 */
record Program(String name, Path jar, String mainClass, List<String> args, Config config) {
    Program {
        args = List.copyOf(args);
    }
}
