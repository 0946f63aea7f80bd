package io.millrace.runtime.metrics;

import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.SourceSplitMetricGroup;
import java.util.List;
import java.util.Map;

/**
 * The group of one split of a source; answers from the gauges that were registered in it. 0, or no
 * watermark, before they were. Thread-safe.
 */
final class SplitGroup extends ScopedGroup implements SourceSplitMetricGroup {
    SplitGroup(
            MetricOwner owner,
            List<String> scope,
            List<String> logicalScope,
            Map<String, String> variables) {
        super(owner, scope, logicalScope, variables);
    }

    private long value(String gauge, long otherwise) {
        return metric(gauge) instanceof Gauge<?> there && there.getValue() instanceof Long value
                ? value
                : otherwise;
    }

    @Override
    public long getCurrentWatermark() {
        return value("currentWatermark", Long.MIN_VALUE);
    }

    @Override
    public double getActiveTimePerSecond() {
        return value("activeTimeMsPerSecond", 0);
    }

    @Override
    public long getIdleTimePerSecond() {
        return value("idleTimeMsPerSecond", 0);
    }

    @Override
    public long getPausedTimePerSecond() {
        return value("pausedTimeMsPerSecond", 0);
    }

    @Override
    public double getAccumulatedActiveTime() {
        return value("accumulatedActiveTimeMs", 0);
    }

    @Override
    public long getAccumulatedIdleTime() {
        return value("accumulatedIdleTimeMs", 0);
    }

    @Override
    public long getAccumulatedPausedTime() {
        return value("accumulatedPausedTimeMs", 0);
    }
}
