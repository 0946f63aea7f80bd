package io.millrace.api.time;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The claim that no record with this timestamp or a lower one will follow. Immutable. */
public final class Watermark implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    /** The end of time: nothing follows. */
    public static final Watermark MAX_WATERMARK = new Watermark(Long.MAX_VALUE);

    /** Before all time: nothing is known yet. */
    public static final Watermark UNINITIALIZED = new Watermark(Long.MIN_VALUE);

    private final long timestamp;

    /**
     * @param timestamp milliseconds since the epoch
     */
    public Watermark(long timestamp) {
        this.timestamp = timestamp;
    }

    public long getTimestamp() {
        return timestamp;
    }

    /** The time in the zone of this machine, as {@code 2026-11-26 05:10:26.000}. */
    public String getFormattedTimestamp() {
        return FORMAT.format(Instant.ofEpochMilli(timestamp).atZone(ZoneId.systemDefault()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Watermark that && timestamp == that.timestamp;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(timestamp);
    }

    @Override
    public String toString() {
        return "Watermark @ " + timestamp;
    }
}
