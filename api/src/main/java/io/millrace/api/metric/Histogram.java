package io.millrace.api.metric;

/** How values are distributed. */
public interface Histogram extends Metric {
    void update(long value);

    /** Values so far. */
    long getCount();

    /** Of the values so far, or of the newest of them, as the implementation says; a snapshot. */
    HistogramStatistics getStatistics();

    @Override
    default MetricType getMetricType() {
        return MetricType.HISTOGRAM;
    }
}
