package io.millrace.api.metric;

/** How often something happens. */
public interface Meter extends Metric {
    void markEvent();

    void markEvent(long n);

    /** Events per second. */
    double getRate();

    /** Events so far. */
    long getCount();

    @Override
    default MetricType getMetricType() {
        return MetricType.METER;
    }
}
