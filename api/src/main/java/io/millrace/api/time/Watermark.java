package io.millrace.api.time;

import java.io.Serializable;

/** The claim that no record with this timestamp or a lower one will follow. Immutable. */
public final class Watermark implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The end of time: nothing follows. */
    public static final Watermark MAX_WATERMARK = new Watermark(Long.MAX_VALUE);

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
