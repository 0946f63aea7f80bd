package io.millrace.api.metric;

/** The metrics of what coordinates an operator's subtasks. */
public interface OperatorCoordinatorMetricGroup extends MetricGroup {}
