package io.millrace.client;

import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/** What every command takes that speaks to a cluster. Filled by picocli. */
final class ClusterOptions {
    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Sets an option; 'millrace options' lists them.")
    Map<String, String> overrides = new LinkedHashMap<>();
}
