package io.millrace.api.metric;

/** The metrics of one committer. */
public interface SinkCommitterMetricGroup extends OperatorMetricGroup {
    Counter getNumCommittablesTotalCounter();

    Counter getNumCommittablesFailureCounter();

    Counter getNumCommittablesRetryCounter();

    Counter getNumCommittablesSuccessCounter();

    Counter getNumCommittablesAlreadyCommittedCounter();

    /** Committables that wait to be committed. */
    void setCurrentPendingCommittablesGauge(Gauge<Integer> currentPendingCommittablesGauge);
}
