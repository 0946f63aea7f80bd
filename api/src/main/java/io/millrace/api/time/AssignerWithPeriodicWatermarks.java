package io.millrace.api.time;

import io.millrace.api.function.Function;

/**
 * Stamps records, and is asked for a watermark at intervals. Confined to the task.
 *
 * @deprecated use {@link WatermarkStrategy#forGenerator}
 */
@Deprecated
public interface AssignerWithPeriodicWatermarks<T> extends TimestampAssigner<T>, Function {
    /** Null, or one that is not higher than the last, says nothing new. */
    Watermark getCurrentWatermark();
}
