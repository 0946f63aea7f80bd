package io.millrace.api.window;

import java.io.Serializable;

/** The time from a start up to an end, which does not belong to it. Immutable. */
public class TimeWindow extends Window implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long start;
    private final long end;

    /**
     * @param start in milliseconds since the epoch
     * @param end the first millisecond after the window
     */
    public TimeWindow(long start, long end) {
        this.start = start;
        this.end = end;
    }

    /** In milliseconds since the epoch. */
    public long getStart() {
        return start;
    }

    /** The first millisecond after the window. */
    public long getEnd() {
        return end;
    }

    @Override
    public long maxTimestamp() {
        return end - 1;
    }

    /** Whether the two overlap or touch. */
    public boolean intersects(TimeWindow other) {
        return start <= other.end && other.start <= end;
    }

    /** The smallest window that has both in it. */
    public TimeWindow cover(TimeWindow other) {
        return new TimeWindow(Math.min(start, other.start), Math.max(end, other.end));
    }

    /**
     * The start of the last window that begins at or before a time. All in milliseconds.
     *
     * @param offset a time at which a window starts
     * @param windowSize from one start to the next, at least 1
     */
    public static long getWindowStartWithOffset(long timestamp, long offset, long windowSize) {
        return timestamp - Math.floorMod(timestamp - offset, windowSize);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeWindow that && start == that.start && end == that.end;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(start * 31 + end);
    }

    @Override
    public String toString() {
        return "TimeWindow{start=" + start + ", end=" + end + "}";
    }
}
