package io.millrace.api.metric;

/** What is told of metrics. Made by a factory; all its methods are called on one thread. */
public interface Reporter {
    /** Called first. */
    void open(MetricConfig config);

    /** Called last. */
    void close();
}
