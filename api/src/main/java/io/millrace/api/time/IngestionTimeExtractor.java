package io.millrace.api.time;

/**
 * Stamps records with the time at which they come, and lets time follow the machine's clock; it
 * stands still while that clock is set back.
 *
 * @deprecated use {@link WatermarkStrategy} with an {@link IngestionTimeAssigner}
 */
@Deprecated
public class IngestionTimeExtractor<T> implements AssignerWithPeriodicWatermarks<T> {
    private static final long serialVersionUID = 1L;

    private long latestMs = Long.MIN_VALUE;

    @Override
    public long extractTimestamp(T element, long previousElementTimestamp) {
        return nowMs();
    }

    @Override
    public Watermark getCurrentWatermark() {
        return new Watermark(nowMs() - 1);
    }

    private long nowMs() {
        latestMs = Math.max(latestMs, System.currentTimeMillis());
        return latestMs;
    }
}
