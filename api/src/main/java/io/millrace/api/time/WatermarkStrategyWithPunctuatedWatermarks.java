package io.millrace.api.time;

/**
 * A strategy that is its own assigner and looks at each record for a watermark. Serialized with the
 * job.
 *
 * @param <T> the records
 */
public interface WatermarkStrategyWithPunctuatedWatermarks<T>
        extends WatermarkStrategy<T>, TimestampAssigner<T> {
    /**
     * Called after each record.
     *
     * @param extractedTimestamp the record's, in milliseconds since the epoch
     * @return null for none
     */
    Watermark checkAndGetNextWatermark(T lastElement, long extractedTimestamp);

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
            public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
                Watermark next = checkAndGetNextWatermark(event, eventTimestamp);
                if (next != null) {
                    output.emitWatermark(next);
                }
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput output) {}
        };
    }
}
