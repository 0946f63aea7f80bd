package io.millrace.benchmarks;

import java.util.HashMap;
import java.util.Map;

/**
 * The figures of one run. Immutable. What a workload does not measure is -1, or 0 in old records.
 *
 * @param hash sum over the records that arrived
 * @param p50Micros of the latencies
 * @param idleCores busy part of a core while the job had nothing to do
 * @param timerBytes of the heap for each pending timer
 * @param fireNanos of the wall for each timer that fires
 * @param fireCpuNanos of the process for each timer that fires
 */
record Round(
        long wallMs,
        long cpuMs,
        long count,
        long hash,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double idleCores,
        double timerBytes,
        double fireNanos,
        double fireCpuNanos) {
    /** From what {@code Rounds} printed. */
    static Round parse(String line) {
        Map<String, Long> figures = new HashMap<>();
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                figures.put(word.substring(0, equals), Long.parseLong(word.substring(equals + 1)));
            }
        }
        return new Round(
                figures.get("wallMs"),
                figures.get("cpuMs"),
                figures.get("count"),
                figures.get("hash"),
                scaled(figures, "p50Nanos", 1e3),
                scaled(figures, "p99Nanos", 1e3),
                scaled(figures, "p999Nanos", 1e3),
                scaled(figures, "cpuShareMillionths", 1e6),
                scaled(figures, "timerMilliBytes", 1e3),
                scaled(figures, "fireWallPicos", 1e3),
                scaled(figures, "fireCpuPicos", 1e3));
    }

    private static double scaled(Map<String, Long> figures, String name, double unit) {
        Long value = figures.get(name);
        return value == null ? -1 : value / unit;
    }
}
