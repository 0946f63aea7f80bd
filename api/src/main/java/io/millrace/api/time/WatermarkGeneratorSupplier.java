package io.millrace.api.time;

import io.millrace.api.metric.MetricGroup;
import java.io.Serializable;

/** Makes the watermark generator of a task, or of each split. */
@FunctionalInterface
public interface WatermarkGeneratorSupplier<T> extends Serializable {
    WatermarkGenerator<T> createWatermarkGenerator(Context context);

    /** What the generator may know of its task. */
    interface Context {
        /** The group of the operator that makes watermarks. */
        MetricGroup getMetricGroup();

        /**
         * Runs only while records could come: it stands still while an output is full, and while
         * alignment has paused the split. For deciding what is idle. Confined to the task.
         */
        RelativeClock getInputActivityClock();
    }
}
