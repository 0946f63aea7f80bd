package io.millrace.benchmarks.job;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of a workload. Immutable.
 *
 * @param workload its name
 * @param records how many the source makes
 * @param results an empty directory, where each sink leaves its {@link Tally}
 * @param options of the engine
 * @param parameters of the program
 */
public record Job(
        String workload,
        int parallelism,
        long records,
        Path results,
        Map<String, String> options,
        Map<String, String> parameters) {
    /** Marks a parameter of the program among the options of the engine. */
    public static final String PARAMETER = "benchmark.";

    /**
     * @param arguments workload, parallelism, records, and then options as {@code key=value}
     */
    public static Job of(String[] arguments) {
        Map<String, String> options = new TreeMap<>();
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 3; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            if (pair[0].startsWith(PARAMETER)) {
                parameters.put(pair[0].substring(PARAMETER.length()), pair[1]);
            } else {
                options.put(pair[0], pair[1]);
            }
        }
        return new Job(
                arguments[0],
                Integer.parseInt(arguments[1]),
                Long.parseLong(arguments[2]),
                Path.of("unset"),
                options,
                parameters);
    }

    Job into(Path directory) {
        return new Job(workload, parallelism, records, directory, options, parameters);
    }

    public long parameter(String name, long otherwise) {
        String value = parameters.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }
}
