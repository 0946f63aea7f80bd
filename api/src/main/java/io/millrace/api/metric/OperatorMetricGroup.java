package io.millrace.api.metric;

/** The metrics of one operator in one subtask. */
public interface OperatorMetricGroup extends MetricGroup {
    OperatorIOMetricGroup getIOMetricGroup();
}
