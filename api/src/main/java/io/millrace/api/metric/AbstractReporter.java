package io.millrace.api.metric;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the metrics that there are, by full name, for a subclass to report. */
public abstract class AbstractReporter implements MetricReporter, CharacterFilter {
    protected final Logger log = LoggerFactory.getLogger(getClass());

    // Programs read these by name; confined to the thread of the reporters.
    protected final Map<Gauge<?>, String> gauges = new HashMap<>();
    protected final Map<Counter, String> counters = new HashMap<>();
    protected final Map<Histogram, String> histograms = new HashMap<>();
    protected final Map<Meter, String> meters = new HashMap<>();

    @Override
    public void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group) {
        String name = group.getMetricIdentifier(metricName, this);
        switch (metric.getMetricType()) {
            case COUNTER -> counters.put((Counter) metric, name);
            case GAUGE -> gauges.put((Gauge<?>) metric, name);
            case METER -> meters.put((Meter) metric, name);
            case HISTOGRAM -> histograms.put((Histogram) metric, name);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group) {
        switch (metric.getMetricType()) {
            case COUNTER -> counters.remove(metric);
            case GAUGE -> gauges.remove(metric);
            case METER -> meters.remove(metric);
            case HISTOGRAM -> histograms.remove(metric);
        }
    }
}
