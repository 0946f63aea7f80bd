package io.millrace.api.time;

import java.time.Duration;

/** Time follows the highest timestamp seen, minus a fixed delay and one millisecond. */
public class BoundedOutOfOrdernessWatermarks<T> implements WatermarkGenerator<T> {
    private final long delayMs;
    private long maxTimestampMs;

    public BoundedOutOfOrdernessWatermarks(Duration maxOutOfOrderness) {
        if (maxOutOfOrderness.isNegative()) {
            throw new IllegalArgumentException(
                    "The delay of a watermark is not negative, but " + maxOutOfOrderness + ".");
        }
        this.delayMs = maxOutOfOrderness.toMillis();
        this.maxTimestampMs = Long.MIN_VALUE + delayMs + 1;
    }

    @Override
    public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
        maxTimestampMs = Math.max(maxTimestampMs, eventTimestamp);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.emitWatermark(new Watermark(maxTimestampMs - delayMs - 1));
    }
}
