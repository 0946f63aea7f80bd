package io.millrace.api.metric;

/** Something that is measured. Read by reporters on another thread than the one that writes it. */
public interface Metric {
    default MetricType getMetricType() {
        throw new UnsupportedOperationException(
                getClass().getName() + " is neither counter, gauge, meter nor histogram.");
    }
}
