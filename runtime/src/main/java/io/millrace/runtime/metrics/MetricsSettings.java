package io.millrace.runtime.metrics;

import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which reporters a worker runs. Immutable.
 *
 * @param reporters by name, in order
 */
public record MetricsSettings(List<Reporter> reporters) {
    public static final MetricsSettings NONE = new MetricsSettings(List.of());

    private static final String FACTORY = "factory.class";
    private static final String INTERVAL = "interval";

    public MetricsSettings {
        reporters = List.copyOf(reporters);
    }

    /**
     * One reporter.
     *
     * @param interval between two reports, if it reports by itself
     * @param properties all its options, without their prefix
     */
    public record Reporter(
            String name, String factoryClass, Duration interval, Map<String, String> properties) {
        public Reporter {
            properties = Map.copyOf(properties);
        }
    }

    /**
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION} for an interval that
     *     is none
     */
    public static MetricsSettings from(Config config) {
        Map<String, Map<String, String>> byName = new TreeMap<>();
        config.toMap()
                .forEach(
                        (key, value) -> {
                            int dot = key.indexOf('.', MetricsOptions.REPORTER_PREFIX.length());
                            if (key.startsWith(MetricsOptions.REPORTER_PREFIX) && dot > 0) {
                                String name =
                                        key.substring(MetricsOptions.REPORTER_PREFIX.length(), dot);
                                byName.computeIfAbsent(name, n -> new TreeMap<>())
                                        .put(key.substring(dot + 1), value);
                            }
                        });
        Set<String> wanted =
                config.find(MetricsOptions.REPORTERS)
                        .<Set<String>>map(
                                text ->
                                        new TreeSet<>(
                                                Arrays.stream(text.split(","))
                                                        .map(String::trim)
                                                        .toList()))
                        .orElse(byName.keySet());
        List<Reporter> reporters = new ArrayList<>();
        byName.forEach(
                (name, properties) -> {
                    if (wanted.contains(name) && properties.containsKey(FACTORY)) {
                        reporters.add(reporter(name, properties));
                    }
                });
        return new MetricsSettings(reporters);
    }

    private static Reporter reporter(String name, Map<String, String> properties) {
        Option<Duration> interval =
                Option.duration(MetricsOptions.REPORTER_PREFIX + name + "." + INTERVAL)
                        .between(Duration.ofMillis(1), Duration.ofDays(1));
        String text = properties.get(INTERVAL);
        return new Reporter(
                name,
                properties.get(FACTORY).trim(),
                text == null ? Duration.ofSeconds(10) : interval.parse(text),
                properties);
    }
}
