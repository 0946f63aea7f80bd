package io.millrace.client;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What every command takes that speaks to a cluster. Filled by picocli. */
final class ClusterOptions {
    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Sets an option; 'millrace options' lists them.")
    Map<String, String> overrides = new LinkedHashMap<>();
}
