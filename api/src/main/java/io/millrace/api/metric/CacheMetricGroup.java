package io.millrace.api.metric;

/** The metrics of a cache in a function. Each member registers what it is given. */
public interface CacheMetricGroup extends MetricGroup {
    void hitCounter(Counter hitCounter);

    void missCounter(Counter missCounter);

    void loadCounter(Counter loadCounter);

    void numLoadFailuresCounter(Counter numLoadFailuresCounter);

    /** Milliseconds. */
    void latestLoadTimeGauge(Gauge<Long> latestLoadTimeGauge);

    void numCachedRecordsGauge(Gauge<Long> numCachedRecordsGauge);

    void numCachedBytesGauge(Gauge<Long> numCachedBytesGauge);
}
