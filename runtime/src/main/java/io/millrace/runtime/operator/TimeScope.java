package io.millrace.runtime.operator;

import io.millrace.api.metric.MetricGroup;
import io.millrace.api.time.RelativeClock;
import io.millrace.api.time.TimestampAssignerSupplier;
import io.millrace.api.time.WatermarkGeneratorSupplier;

/** The task as timestamp assigners and watermark generators see it. Confined to the task. */
record TimeScope(MetricGroup metrics, RelativeClock activity)
        implements TimestampAssignerSupplier.Context, WatermarkGeneratorSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
        return metrics;
    }

    @Override
    public RelativeClock getInputActivityClock() {
        return activity;
    }
}
