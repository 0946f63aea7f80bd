package io.millrace.api.time;

/**
 * Stamps records with the time at which they come; never with one lower than before, also if the
 * machine's clock is set back. Confined to the task.
 */
public final class IngestionTimeAssigner<T> implements TimestampAssigner<T> {
    private long latestMs = Long.MIN_VALUE;

    @Override
    public long extractTimestamp(T element, long recordTimestamp) {
        latestMs = Math.max(latestMs, System.currentTimeMillis());
        return latestMs;
    }
}
