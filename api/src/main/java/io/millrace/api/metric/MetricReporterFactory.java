package io.millrace.api.metric;

import java.util.Properties;

/** Makes a reporter. Named by {@code metrics.reporter.NAME.factory.class}. */
@FunctionalInterface
public interface MetricReporterFactory {
    /**
     * @param properties the options of this reporter, without their prefix
     */
    MetricReporter createMetricReporter(Properties properties);
}
