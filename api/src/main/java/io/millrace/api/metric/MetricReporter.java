package io.millrace.api.metric;

/** Is told of every metric that comes and goes. All methods are called on one thread. */
public interface MetricReporter extends Reporter {
    @Override
    void open(MetricConfig config);

    @Override
    void close();

    /**
     * @param metricName without its scope, which {@code group} tells
     */
    void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group);

    void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group);
}
