package io.millrace.api.window;

/**
 * A record with the time that it has, if it has one.
 *
 * @param <T> the records
 */
public class TimestampedValue<T> {
    private final T value;
    private final long timestamp;
    private final boolean hasTimestamp;

    public TimestampedValue(T value) {
        this.value = value;
        this.timestamp = 0;
        this.hasTimestamp = false;
    }

    /**
     * @param timestamp in milliseconds since the epoch
     */
    public TimestampedValue(T value, long timestamp) {
        this.value = value;
        this.timestamp = timestamp;
        this.hasTimestamp = true;
    }

    public T getValue() {
        return value;
    }

    /**
     * In milliseconds since the epoch.
     *
     * @throws IllegalStateException if the record has none
     */
    public long getTimestamp() {
        if (!hasTimestamp) {
            throw new IllegalStateException(
                    "This record has no timestamp. Give the stream timestamps with"
                            + " assignTimestampsAndWatermarks.");
        }
        return timestamp;
    }

    public boolean hasTimestamp() {
        return hasTimestamp;
    }
}
