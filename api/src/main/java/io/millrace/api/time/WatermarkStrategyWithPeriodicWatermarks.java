package io.millrace.api.time;

/**
 * A strategy that is its own assigner and is asked from time to time for a watermark. Serialized
 * with the job.
 *
 * @param <T> the records
 */
public interface WatermarkStrategyWithPeriodicWatermarks<T>
        extends WatermarkStrategy<T>, TimestampAssigner<T> {
    /** Where time is; null for no news. */
    Watermark getCurrentWatermark();

    @Override
    default TimestampAssigner<T> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return this;
    }

    @Override
    default WatermarkGenerator<T> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new WatermarkGenerator<>() {
            @Override
            public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {}

            @Override
            public void onPeriodicEmit(WatermarkOutput output) {
                Watermark current = getCurrentWatermark();
                if (current != null) {
                    output.emitWatermark(current);
                }
            }
        };
    }
}
