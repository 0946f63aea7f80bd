package io.millrace.runtime.operator.window;

import io.millrace.api.metric.MetricGroup;
import io.millrace.api.window.Evictor;
import io.millrace.runtime.operator.OperatorContext;

/** What an evictor is given. Confined to the task. */
final class EvictorScope implements Evictor.EvictorContext {
    private final OperatorContext context;
    private final WindowMoment moment;

    EvictorScope(OperatorContext context, WindowMoment moment) {
        this.context = context;
        this.moment = moment;
    }

    @Override
    public long getCurrentProcessingTime() {
        return context.clockMs().getAsLong();
    }

    @Override
    public MetricGroup getMetricGroup() {
        return context.runtimeContext().getMetricGroup();
    }

    @Override
    public long getCurrentWatermark() {
        return moment.watermarkMs;
    }
}
