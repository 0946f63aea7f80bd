package io.millrace.benchmarks;

import io.millrace.benchmarks.Contestant.Engine;
import io.millrace.benchmarks.batch.BatchMeasures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The command {@code bin/benchmarks files}: with a path, WordCount of it; with names of measures,
 * {@code copy} from lines of JSON to Parquet, {@code hdfs} for that on HDFS, {@code many} files,
 * and {@code watch}, files that appear while a job reads, on Millrace and Flink.
 */
final class FileMeasures {
    private FileMeasures() {}

    static void run(Setup setup, List<String> arguments) throws Exception {
        if (!arguments.isEmpty() && arguments.get(0).split("=")[0].equals("watch")) {
            watch(setup, arguments);
            return;
        }
        List<String> contests = new ArrayList<>();
        boolean measures = false;
        for (String argument : arguments) {
            String name = argument.split("=")[0];
            String size = argument.substring(name.length());
            switch (name) {
                case "copy" -> contests.add("json-parquet" + size);
                case "hdfs" -> contests.add("json-parquet-hdfs" + size);
                case "many" -> contests.add("many-files" + size);
                default -> contests.add(argument);
            }
            measures |= List.of("copy", "hdfs", "many").contains(name);
        }
        if (measures) {
            BatchMeasures.run(setup, contests);
        } else {
            FileWordCount.run(setup, arguments);
        }
    }

    private static void watch(Setup setup, List<String> arguments) throws Exception {
        String[] measure = arguments.get(0).split("=");
        int files = measure.length > 1 ? Integer.parseInt(measure[1]) : 10_000;
        List<String> engines = arguments.subList(1, arguments.size());
        List<Engine> chosen =
                List.of(Engine.MILLRACE, Engine.FLINK).stream()
                        .filter(
                                each ->
                                        engines.isEmpty()
                                                || engines.contains(
                                                        each.name().toLowerCase(Locale.ROOT)))
                        .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("wanted: watch[=FILES] [millrace|flink]");
        }
        new FileDiscovery(setup, files).run(chosen);
    }
}
