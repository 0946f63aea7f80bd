package io.millrace.benchmarks;

import io.millrace.benchmarks.batch.BatchMeasures;
import java.util.ArrayList;
import java.util.List;

/**
 * The command {@code bin/benchmarks files}: with a path, WordCount of it; with names of measures,
 * {@code copy} from lines of JSON to Parquet and {@code many} files, on Millrace and Flink.
 */
final class FileMeasures {
    private FileMeasures() {}

    static void run(Setup setup, List<String> arguments) throws Exception {
        List<String> contests = new ArrayList<>();
        boolean measures = false;
        for (String argument : arguments) {
            String name = argument.split("=")[0];
            String size = argument.substring(name.length());
            switch (name) {
                case "copy" -> contests.add("json-parquet" + size);
                case "many" -> contests.add("many-files" + size);
                default -> contests.add(argument);
            }
            measures |= name.equals("copy") || name.equals("many");
        }
        if (measures) {
            BatchMeasures.run(setup, contests);
        } else {
            FileWordCount.run(setup, arguments);
        }
    }
}
