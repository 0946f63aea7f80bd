package io.millrace.runtime.operator;

import java.util.HashMap;
import java.util.Map;

/**
 * Remembers since when something has been seen where it is. Confined to the task.
 *
 * <p>What is asked about at intervals costs the hot path nothing; it is right to the interval.
 */
public final class TimeSince {
    private Map<String, Seen> before = new HashMap<>();
    private Map<String, Seen> now = new HashMap<>();
    private long nowMs;

    private record Seen(long watermarkMs, boolean idle, long sinceMs) {}

    /** A new look begins; what the last one has not seen is forgotten. */
    public void look(long atMs) {
        before = now;
        now = new HashMap<>();
        nowMs = atMs;
    }

    /**
     * @param what names it within the task
     */
    public long since(String what, long watermarkMs, boolean idle) {
        Seen last = before.get(what);
        boolean moved = last == null || last.watermarkMs != watermarkMs || last.idle != idle;
        Seen seen = moved ? new Seen(watermarkMs, idle, nowMs) : last;
        now.put(what, seen);
        return seen.sinceMs;
    }
}
