package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** WordCount with both engines embedded in one process, two slots, 2 GB of heap. */
record EmbeddedWordCount(Setup setup, FileWordCount.Corpus corpus, String mode) {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    Comparison compare(int runs) throws IOException, InterruptedException {
        return new Comparison("wordcount " + mode, millrace(runs), flink(runs));
    }

    private List<Measurement> millrace(int runs) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                setup.millrace(),
                                "run",
                                "-t",
                                "local",
                                "-c",
                                "io.millrace.benchmarks.wordcount.MillraceWordCount",
                                setup.jar().toString()));
        command.addAll(arguments("millrace", runs));
        return Measurement.parse(
                Child.run(command, Map.of("MILLRACE_JAVA_OPTS", "-Xmx2g"), log("millrace"), LIMIT));
    }

    private List<Measurement> flink(int runs) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(setup.java(), "-Xmx2g"));
        command.addAll(Setup.flinkOptions());
        command.addAll(
                List.of(
                        "-cp",
                        setup.flinkClassPath(List.of()),
                        "io.millrace.benchmarks.wordcount.FlinkWordCount"));
        command.addAll(arguments("flink", runs));
        return Measurement.parse(Child.run(command, Map.of(), log("flink"), LIMIT));
    }

    private List<String> arguments(String engine, int runs) {
        String output =
                setup.work()
                        .resolve("out-" + engine + "-" + mode + "-" + System.nanoTime())
                        .toString();
        return List.of(corpus.path().toString(), output, mode, "2", String.valueOf(runs));
    }

    private Path log(String engine) {
        return setup.work().resolve(engine + "-" + mode + ".log");
    }
}
