package io.millrace.runtime.metrics;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.OperatorIOMetricGroup;
import java.util.List;
import java.util.Map;

/**
 * The group of one committer beside the coordinator: {@code HOST.coordinator.JOB.SINK.committer}.
 * What is registered in it is taken back when it is closed. Thread-safe.
 */
public final class CommitterGroup extends ScopedGroup
        implements CommittableCounters, OperatorIOMetricGroup, AutoCloseable {
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
