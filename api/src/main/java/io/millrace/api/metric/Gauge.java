package io.millrace.api.metric;

/**
 * A value that is asked for when it is reported, on the reporter's thread.
 *
 * @param <T> its type; reporters print it with {@code toString}
 */
@FunctionalInterface
public interface Gauge<T> extends Metric {
    /** The value now; on the reporter's thread, so what it reads is safe to read from there. */
    T getValue();

    @Override
    default MetricType getMetricType() {
        return MetricType.GAUGE;
    }
}
