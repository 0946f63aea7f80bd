package io.millrace.connector.file;

import io.millrace.api.metric.CharacterFilter;
import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.Histogram;
import io.millrace.api.metric.Meter;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.SimpleCounter;
import io.millrace.api.metric.SplitEnumeratorMetricGroup;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the counters of an enumerator. */
final class FakeMetrics implements SplitEnumeratorMetricGroup {
    final Map<String, Counter> counters = new TreeMap<>();

    @Override
    public Counter counter(String name) {
        return counter(name, new SimpleCounter());
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
        if (counters.put(name, counter) != null) {
            throw new AssertionError("registered twice: " + name);
        }
        return counter;
    }

    @Override
    public <G extends Gauge<Long>> G setUnassignedSplitsGauge(G unassignedSplitsGauge) {
        return unassignedSplitsGauge;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
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
        return this;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return this;
    }

    @Override
    public String[] getScopeComponents() {
        return new String[0];
    }

    @Override
    public Map<String, String> getAllVariables() {
        return Map.of();
    }

    @Override
    public String getMetricIdentifier(String metricName) {
        return metricName;
    }

    @Override
    public String getMetricIdentifier(String metricName, CharacterFilter filter) {
        return filter.filterCharacters(metricName);
    }
}
