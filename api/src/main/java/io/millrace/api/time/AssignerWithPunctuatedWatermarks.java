package io.millrace.api.time;

import io.millrace.api.function.Function;

/**
 * Stamps records, and is asked after each one whether it carries a watermark. Confined to the task.
 *
 * @deprecated use {@link WatermarkStrategy#forGenerator}
 */
@Deprecated
public interface AssignerWithPunctuatedWatermarks<T> extends TimestampAssigner<T>, Function {
    /** Null, or one that is not higher than the last, says nothing new. */
    Watermark checkAndGetNextWatermark(T lastElement, long extractedTimestamp);
}
