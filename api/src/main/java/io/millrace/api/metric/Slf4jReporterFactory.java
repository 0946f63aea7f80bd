package io.millrace.api.metric;

import java.util.Properties;

/**
 * Makes a reporter that writes all metrics to the log of their process: {@code
 * metrics.reporter.NAME.factory.class=io.millrace.api.metric.Slf4jReporterFactory}.
 */
public class Slf4jReporterFactory implements MetricReporterFactory {
    @Override
    public Slf4jReporter createMetricReporter(Properties properties) {
        return new Slf4jReporter();
    }
}
