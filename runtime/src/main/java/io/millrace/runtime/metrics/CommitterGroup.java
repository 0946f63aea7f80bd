package io.millrace.runtime.metrics;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.OperatorIOMetricGroup;
import io.millrace.api.metric.SinkCommitterMetricGroup;
import java.util.List;
import java.util.Map;

/**
 * The group of one committer beside the coordinator: {@code HOST.coordinator.JOB.SINK.committer}.
 * What is registered in it is taken back when it is closed. Thread-safe.
 */
public final class CommitterGroup extends ScopedGroup
        implements SinkCommitterMetricGroup, OperatorIOMetricGroup, AutoCloseable {
    private final OwnedMetrics owned;

    CommitterGroup(
            OwnedMetrics owned,
            List<String> scope,
            List<String> logicalScope,
            Map<String, String> variables) {
        super(owned, scope, logicalScope, variables);
        this.owned = owned;
    }

    /** A committer is in no task: what it reads and writes is for itself to count. */
    @Override
    public OperatorIOMetricGroup getIOMetricGroup() {
        return this;
    }

    @Override
    public Counter getNumCommittablesTotalCounter() {
        return CommittableNames.total(this);
    }

    @Override
    public Counter getNumCommittablesFailureCounter() {
        return CommittableNames.failed(this);
    }

    @Override
    public Counter getNumCommittablesRetryCounter() {
        return CommittableNames.retried(this);
    }

    @Override
    public Counter getNumCommittablesSuccessCounter() {
        return CommittableNames.successful(this);
    }

    @Override
    public Counter getNumCommittablesAlreadyCommittedCounter() {
        return CommittableNames.alreadyCommitted(this);
    }

    @Override
    public void setCurrentPendingCommittablesGauge(Gauge<Integer> currentPendingCommittablesGauge) {
        CommittableNames.pending(this, currentPendingCommittablesGauge);
    }

    @Override
    public Counter getNumRecordsInCounter() {
        return counter("numRecordsIn");
    }

    @Override
    public Counter getNumRecordsOutCounter() {
        return counter("numRecordsOut");
    }

    @Override
    public Counter getNumBytesInCounter() {
        return counter("numBytesIn");
    }

    @Override
    public Counter getNumBytesOutCounter() {
        return counter("numBytesOut");
    }

    /** The job has ended. Idempotent. */
    @Override
    public void close() {
        owned.close();
    }
}
