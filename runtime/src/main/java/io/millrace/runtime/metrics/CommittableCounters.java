package io.millrace.runtime.metrics;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.SinkCommitterMetricGroup;

/**
 * What the metrics of committers are called, in tasks and beside the coordinator. As thread-safe as
 * the group.
 */
interface CommittableCounters extends SinkCommitterMetricGroup {
    @Override
    default Counter getNumCommittablesTotalCounter() {
        return counter("totalCommittables");
    }

    @Override
    default Counter getNumCommittablesFailureCounter() {
        return counter("failedCommittables");
    }

    @Override
    default Counter getNumCommittablesRetryCounter() {
        return counter("retriedCommittables");
    }

    @Override
    default Counter getNumCommittablesSuccessCounter() {
        return counter("successfulCommittables");
    }

    @Override
    default Counter getNumCommittablesAlreadyCommittedCounter() {
        return counter("alreadyCommittedCommittables");
    }

    @Override
    default void setCurrentPendingCommittablesGauge(
            Gauge<Integer> currentPendingCommittablesGauge) {
        gauge("pendingCommittables", currentPendingCommittablesGauge);
    }
}
