package io.millrace.api.testing;

import io.millrace.api.metric.CharacterFilter;
import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.Histogram;
import io.millrace.api.metric.Meter;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.OperatorIOMetricGroup;
import io.millrace.api.metric.SimpleCounter;
import io.millrace.api.metric.SinkWriterMetricGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Remembers the metrics of one writer by their names. */
public final class FakeMetrics {
    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<String, Gauge<?>> gauges = new HashMap<>();
    private final Group group = new Group();

    public SinkWriterMetricGroup group() {
        return group;
    }

    public long count(String name) {
        return group.counter(name).getCount();
    }

    /** Of the gauges. */
    public Set<String> names() {
        return Set.copyOf(gauges.keySet());
    }

    public Object gauge(String name) {
        return gauges.get(name).getValue();
    }

    private final class Group implements SinkWriterMetricGroup {
        @Override
        public Counter getNumRecordsOutErrorsCounter() {
            return counter("errors");
        }

        @Override
        public Counter getNumRecordsSendErrorsCounter() {
            return counter("errors");
        }

        @Override
        public Counter getNumRecordsSendCounter() {
            return counter("records");
        }

        @Override
        public Counter getNumBytesSendCounter() {
            return counter("bytes");
        }

        @Override
        public void setCurrentSendTimeGauge(Gauge<Long> currentSendTimeGauge) {
            gauge("currentSendTime", currentSendTimeGauge);
        }

        @Override
        public OperatorIOMetricGroup getIOMetricGroup() {
            throw new UnsupportedOperationException("not used by sinks");
        }

        @Override
        public Counter counter(String name) {
            return counters.computeIfAbsent(name, key -> new SimpleCounter());
        }

        @Override
        public <C extends Counter> C counter(String name, C counter) {
            counters.put(name, counter);
            return counter;
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
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
            return metricName;
        }
    }
}
