package io.millrace.runtime.metrics;

import io.millrace.api.metric.Metric;
import io.millrace.api.metric.MetricConfig;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.MetricReporter;
import io.millrace.api.metric.MetricReporterFactory;
import io.millrace.api.metric.Scheduled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reporter and the patience with it: what it throws is logged, the first time, and goes no
 * further. Confined to the registry's thread.
 */
final class RunningReporter {
    private static final Logger LOG = LoggerFactory.getLogger(RunningReporter.class);

    private final MetricsSettings.Reporter settings;
    private MetricReporter reporter; // null until it is open, and if it could not be opened
    private long failures;

    RunningReporter(MetricsSettings.Reporter settings) {
        this.settings = settings;
    }

    void open(ClassLoader loader) {
        try {
            Object factory =
                    Class.forName(settings.factoryClass(), true, loader)
                            .getDeclaredConstructor()
                            .newInstance();
            MetricConfig config = new MetricConfig();
            settings.properties().forEach(config::setProperty);
            MetricReporter made = ((MetricReporterFactory) factory).createMetricReporter(config);
            made.open(config);
            reporter = made;
            LOG.info(
                    "Reporter started. name={} factory={}",
                    settings.name(),
                    settings.factoryClass());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.error(
                    "Reporter {} was not started: {} could not be made. Check"
                            + " metrics.reporter.{}.factory.class and that its jar is in lib/.",
                    settings.name(),
                    settings.factoryClass(),
                    settings.name(),
                    e);
        }
    }

    void added(Metric metric, String name, MetricGroup group) {
        guard("add", () -> reporter.notifyOfAddedMetric(metric, name, group));
    }

    void removed(Metric metric, String name, MetricGroup group) {
        guard("remove", () -> reporter.notifyOfRemovedMetric(metric, name, group));
    }

    void report() {
        if (reporter instanceof Scheduled scheduled) {
            guard("report", scheduled::report);
        }
    }

    void close() {
        report();
        guard("close", () -> reporter.close());
        reporter = null;
    }

    private void guard(String what, Runnable call) {
        if (reporter == null) {
            return;
        }
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            failures++;
            if (failures == 1) {
                LOG.warn(
                        "Reporter failed; it is called again, and told of no more. name={} what={}",
                        settings.name(),
                        what,
                        e);
            }
        }
    }
}
