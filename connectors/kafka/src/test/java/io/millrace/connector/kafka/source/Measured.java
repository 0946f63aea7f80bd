package io.millrace.connector.kafka.source;

import io.millrace.api.metric.CharacterFilter;
import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.Histogram;
import io.millrace.api.metric.Meter;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.OperatorIOMetricGroup;
import io.millrace.api.metric.SimpleCounter;
import io.millrace.api.metric.SourceReaderMetricGroup;
import io.millrace.api.metric.SplitEnumeratorMetricGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps metrics by their names, with dots between. Thread-safe. */
final class Measured implements SourceReaderMetricGroup, SplitEnumeratorMetricGroup {
    private final String prefix;
    private final Map<String, Counter> counters;
    private final Map<String, Gauge<?>> gauges;

    Measured() {
        this("", new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    private Measured(String prefix, Map<String, Counter> counters, Map<String, Gauge<?>> gauges) {
        this.prefix = prefix;
        this.counters = counters;
        this.gauges = gauges;
    }

    long count(String name) {
        return counter(name).getCount();
    }

    /** Null if nobody has registered it. */
    Object value(String name) {
        Gauge<?> gauge = gauges.get(name);
        return gauge == null ? null : gauge.getValue();
    }

    @Override
    public Counter counter(String name) {
        return counters.computeIfAbsent(prefix + name, key -> new SimpleCounter());
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
        counters.put(prefix + name, counter);
        return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        gauges.put(prefix + name, gauge);
        return gauge;
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
        return histogram;
    }

    @Override
    public <M extends Meter> M meter(String name, M meter) {
        return meter;
    }

    @Override
    public MetricGroup addGroup(String name) {
        return new Measured(prefix + name + ".", counters, gauges);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return addGroup(key).addGroup(value);
    }

    @Override
    public String[] getScopeComponents() {
        return prefix.split("\\.");
    }

    @Override
    public Map<String, String> getAllVariables() {
        return Map.of();
    }

    @Override
    public String getMetricIdentifier(String metricName) {
        return prefix + metricName;
    }

    @Override
    public String getMetricIdentifier(String metricName, CharacterFilter filter) {
        return prefix + metricName;
    }

    @Override
    public OperatorIOMetricGroup getIOMetricGroup() {
        throw new UnsupportedOperationException("the engine counts what is read and written");
    }

    @Override
    public Counter getNumRecordsInErrorsCounter() {
        return counter("numRecordsInErrors");
    }

    @Override
    public void setPendingBytesGauge(Gauge<Long> pendingBytesGauge) {
        gauge("pendingBytes", pendingBytesGauge);
    }

    @Override
    public void setPendingRecordsGauge(Gauge<Long> pendingRecordsGauge) {
        gauge("pendingRecords", pendingRecordsGauge);
    }

    @Override
    public <G extends Gauge<Long>> G setUnassignedSplitsGauge(G unassignedSplitsGauge) {
        return gauge("unassignedSplits", unassignedSplitsGauge);
    }
}
