package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who runs a workload. Immutable.
 *
 * @param label as tables show it
 * @param options of the engine, and parameters of the program with {@code benchmark.} before
 */
record Contestant(String label, Engine engine, Map<String, String> options) {
    enum Engine {
        MILLRACE,
        MILLRACE_CLUSTER,
        FLINK,
        FLINK_CLUSTER,
        PLAIN
    }

    static Contestant of(String label, Engine engine) {
        return new Contestant(label, engine, Map.of());
    }

    boolean isPlain() {
        return engine == Engine.PLAIN;
    }

    /** The start of its command line, up to and including the main class. */
    List<String> command(Setup setup) {
        List<String> command = new ArrayList<>(List.of(setup.java(), "-Xmx2g"));
        switch (engine) {
            case MILLRACE, MILLRACE_CLUSTER -> {
                command.add("-XX:+UseParallelGC"); // as bin/millrace run and workers on YARN
                command.add(
                        "-Dlog4j2.configurationFile=file://"
                                + setup.home().resolve("conf/log4j2-client.xml"));
                command.addAll(List.of("-cp", setup.millraceClassPath()));
                command.add(
                        "io.millrace.benchmarks.millrace."
                                + (engine == Engine.MILLRACE
                                        ? "MillraceEmbedded"
                                        : "MillraceCluster"));
            }
            case FLINK, FLINK_CLUSTER -> {
                command.addAll(Setup.flinkOpens());
                command.add("-Dbenchmarks.checkout=" + setup.checkout());
                command.addAll(List.of("-cp", setup.flinkClassPath(List.of())));
                command.add(
                        "io.millrace.benchmarks.flink."
                                + (engine == Engine.FLINK ? "FlinkEmbedded" : "FlinkOnCluster"));
            }
            case PLAIN ->
                    command.addAll(
                            List.of(
                                    "-cp",
                                    setup.jar().toString(),
                                    "io.millrace.benchmarks.plain.PlainPrograms"));
        }
        return command;
    }
}
