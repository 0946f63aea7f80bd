package io.millrace.runtime.metrics;

import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.SplitEnumeratorMetricGroup;
import java.util.List;
import java.util.Map;

/**
 * The group of one split enumerator: {@code HOST.coordinator.JOB.OPERATOR.enumerator}. What is
 * registered in it is taken back when it is closed. Thread-safe.
 */
public final class EnumeratorGroup extends ScopedGroup
        implements SplitEnumeratorMetricGroup, AutoCloseable {
    private final OwnedMetrics owned;

    EnumeratorGroup(
            OwnedMetrics owned,
            List<String> scope,
            List<String> logicalScope,
            Map<String, String> variables) {
        super(owned, scope, logicalScope, variables);
        this.owned = owned;
    }

    @Override
    public <G extends Gauge<Long>> G setUnassignedSplitsGauge(G unassignedSplitsGauge) {
        return gauge("unassignedSplits", unassignedSplitsGauge);
    }

    /** The enumerator has ended. Idempotent. */
    @Override
    public void close() {
        owned.close();
    }
}
