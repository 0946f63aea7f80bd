package io.millrace.runtime.operator.window;

import io.millrace.api.time.TimeDomain;
import io.millrace.api.window.Window;

/**
 * When windows are late and when they go. Immutable.
 *
 * @param eventTime whether windows end by event time
 * @param allowedLatenessMs how long a window of event time is kept after its end
 */
record WindowTimes(boolean eventTime, long allowedLatenessMs) {
    /** No time ever comes to this one: what is due then never is. */
    static final long NEVER = Long.MAX_VALUE;

    TimeDomain domain() {
        return eventTime ? TimeDomain.EVENT_TIME : TimeDomain.PROCESSING_TIME;
    }

    /** When a window and all that belongs to it goes; {@link #NEVER} if that is beyond all time. */
    long cleanUpMs(Window window) {
        return cleanUpMs(window.maxTimestamp());
    }

    long cleanUpMs(long maxTimestampMs) {
        return eventTime ? plusLateness(maxTimestampMs) : maxTimestampMs;
    }

    private long plusLateness(long timeMs) {
        long sum = timeMs + allowedLatenessMs;
        return sum >= timeMs ? sum : NEVER;
    }

    /** Whether a window has gone already, or would have. */
    boolean isLate(Window window, long watermarkMs) {
        return isLate(window.maxTimestamp(), watermarkMs);
    }

    boolean isLate(long maxTimestampMs, long watermarkMs) {
        return eventTime && cleanUpMs(maxTimestampMs) <= watermarkMs;
    }

    /** Whether a record that no window took is late, and not just without a window. */
    boolean isRecordLate(long timestampMs, long watermarkMs) {
        return eventTime && plusLateness(timestampMs) <= watermarkMs;
    }
}
