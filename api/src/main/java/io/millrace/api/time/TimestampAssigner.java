package io.millrace.api.time;

/** Finds the timestamp of a record. */
@FunctionalInterface
public interface TimestampAssigner<T> {
    long NO_TIMESTAMP = Long.MIN_VALUE;

    /**
     * @param recordTimestamp what the record has now, or {@link #NO_TIMESTAMP}
     * @return milliseconds since the epoch
     */
    long extractTimestamp(T element, long recordTimestamp);
}
