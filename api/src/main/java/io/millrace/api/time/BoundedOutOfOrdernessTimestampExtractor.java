package io.millrace.api.time;

/**
 * Stamps records; time follows the highest timestamp, behind it by a fixed delay.
 *
 * @deprecated use {@link WatermarkStrategy#forBoundedOutOfOrderness}
 */
@Deprecated
public abstract class BoundedOutOfOrdernessTimestampExtractor<T>
        implements AssignerWithPeriodicWatermarks<T> {
    private static final long serialVersionUID = 1L;

    private final long maxOutOfOrdernessMs;
    private long highestMs;

    public BoundedOutOfOrdernessTimestampExtractor(Time maxOutOfOrderness) {
        this.maxOutOfOrdernessMs = maxOutOfOrderness.toMilliseconds();
        if (maxOutOfOrdernessMs < 0) {
            throw new IllegalArgumentException(
                    "The delay of a watermark is not negative, but " + maxOutOfOrderness + ".");
        }
        this.highestMs = Long.MIN_VALUE + maxOutOfOrdernessMs;
    }

    public long getMaxOutOfOrdernessInMillis() {
        return maxOutOfOrdernessMs;
    }

    /** Milliseconds since the epoch. */
    public abstract long extractTimestamp(T element);

    @Override
    public final long extractTimestamp(T element, long previousElementTimestamp) {
        long timestampMs = extractTimestamp(element);
        highestMs = Math.max(highestMs, timestampMs);
        return timestampMs;
    }

    @Override
    public final Watermark getCurrentWatermark() {
        return new Watermark(highestMs - maxOutOfOrdernessMs);
    }
}
