package io.millrace.api.metric;

import java.util.Map;
import java.util.TreeMap;

/**
 * Writes all metrics to the log at an interval, one a line, sorted by their names. Confined to the
 * thread of the reporters.
 */
public class Slf4jReporter extends AbstractReporter implements Scheduled {
    @Override
    public void open(MetricConfig config) {
        log.info("Metrics go to the log.");
    }

    @Override
    public void close() {}

    @Override
    public void report() {
        Map<String, String> values = new TreeMap<>();
        counters.forEach((counter, name) -> values.put(name, String.valueOf(counter.getCount())));
        gauges.forEach((gauge, name) -> values.put(name, value(gauge)));
        meters.forEach((meter, name) -> values.put(name, meter.getRate() + " per second"));
        histograms.forEach((histogram, name) -> values.put(name, text(histogram)));
        StringBuilder lines = new StringBuilder();
        values.forEach((name, value) -> lines.append('\n').append(name).append(": ").append(value));
        log.info("Metrics. count={}{}", values.size(), lines);
    }

    /** A gauge is the program's code; others are shown if it throws. */
    private static String value(Gauge<?> gauge) {
        try {
            return String.valueOf(gauge.getValue());
        } catch (RuntimeException e) {
            return "(" + e + ")";
        }
    }

    private static String text(Histogram histogram) {
        HistogramStatistics statistics = histogram.getStatistics();
        return String.format(
                "count=%d min=%d max=%d mean=%s p50=%s p95=%s p99=%s",
                histogram.getCount(),
                statistics.getMin(),
                statistics.getMax(),
                statistics.getMean(),
                statistics.getQuantile(0.5),
                statistics.getQuantile(0.95),
                statistics.getQuantile(0.99));
    }

    /** Names stay as they are. */
    @Override
    public String filterCharacters(String input) {
        return input;
    }
}
