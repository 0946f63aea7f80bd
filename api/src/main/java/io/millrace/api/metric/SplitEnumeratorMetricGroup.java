package io.millrace.api.metric;

/** The metrics of one split enumerator. */
public interface SplitEnumeratorMetricGroup extends OperatorCoordinatorMetricGroup {
    /** Splits that no reader has yet. Returns the gauge. */
    <G extends Gauge<Long>> G setUnassignedSplitsGauge(G unassignedSplitsGauge);
}
