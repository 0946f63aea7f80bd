package io.millrace.coordinator.failover;

import java.util.ArrayList;
import java.util.List;

/**
 * When a job restarted. Immutable.
 *
 * @param count of all restarts
 * @param timesMs of the last ones, oldest first; at most {@value #REMEMBERED}
 */
public record RestartHistory(int count, List<Long> timesMs) {
    /** As many as a failure rate may allow. */
    static final int REMEMBERED = 1_000;

    public static final RestartHistory NONE = new RestartHistory(0, List.of());

    public RestartHistory {
        timesMs = List.copyOf(timesMs);
    }

    public RestartHistory plus(long nowMs) {
        List<Long> times = new ArrayList<>(timesMs);
        times.add(nowMs);
        return new RestartHistory(
                count + 1, times.subList(Math.max(0, times.size() - REMEMBERED), times.size()));
    }

    /** Restarts that happened in the last {@code intervalMs}. */
    int within(long intervalMs, long nowMs) {
        return (int) timesMs.stream().filter(time -> nowMs - time < intervalMs).count();
    }

    /** Restarts up to now with less than {@code quietMs} between each two, and before now. */
    int inSuccession(long quietMs, long nowMs) {
        int restarts = 0;
        long laterMs = nowMs;
        for (int i = timesMs.size() - 1; i >= 0 && laterMs - timesMs.get(i) < quietMs; i--) {
            laterMs = timesMs.get(i);
            restarts++;
        }
        return restarts;
    }
}
