package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who runs a workload. Immutable.
 *
 * @param label as tables show it
 * @param options of the engine, and parameters of the program with {@code benchmark.} before
 */
record Contestant(String label, Engine engine, Map<String, String> options) {
    /** Among the options: the heap of the process, if it is not the usual one. */
    static final String HEAP_MB = "benchmark.heap-mb";

    /** Among the options: the program speaks to Kafka, whose client it needs. */
    static final String BROKERS = "benchmark.brokers";

    /** An option of jobs that watch a directory: which. */
    static final String WATCHED = "benchmark.input";

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

    /** The same with another heap. */
    Contestant withHeapMb(int megabytes) {
        Map<String, String> more = new TreeMap<>(options);
        more.put(HEAP_MB, String.valueOf(megabytes));
        return new Contestant(label, engine, more);
    }

    private String heapMb() {
        return options.getOrDefault(HEAP_MB, "2048");
    }

    /** The start of its command line, up to and including the main class. */
    List<String> command(Setup setup) {
        List<String> command = new ArrayList<>(List.of(setup.java(), "-Xmx" + heapMb() + "m"));
        command.add("-XX:+ExitOnOutOfMemoryError");
        switch (engine) {
            case MILLRACE, MILLRACE_CLUSTER -> {
                command.addAll(Setup.millraceOptions());
                StringBuilder classPath = new StringBuilder(setup.millraceClassPath());
                if (options.containsKey(BROKERS)) {
                    classPath.append(':').append(setup.kafkaPlugin()).append("/*");
                }
                if (options.containsKey(WATCHED)) {
                    classPath.append(':').append(setup.filesPlugin()).append("/*");
                }
                command.addAll(List.of("-cp", classPath.toString()));
                command.add(
                        "io.millrace.benchmarks.millrace."
                                + (engine == Engine.MILLRACE
                                        ? "MillraceEmbedded"
                                        : "MillraceCluster"));
            }
            case FLINK, FLINK_CLUSTER -> {
                command.addAll(Setup.flinkOptions());
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
