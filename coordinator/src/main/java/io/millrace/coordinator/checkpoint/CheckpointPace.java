package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.checkpoint.CheckpointSettings;

/**
 * When the next checkpoint is due. Confined to the coordinator's thread; knows times only.
 *
 * <p>Triggers follow each other at the interval, but for the pause after the end of one. One that
 * is due and not possible happens as soon as it is.
 */
final class CheckpointPace {
    private final long intervalMs;
    private final long minPauseMs;
    private long nextMs;
    private long pauseUntilMs;
    private boolean due;

    CheckpointPace(CheckpointSettings settings) {
        this.intervalMs = settings.intervalMs();
        this.minPauseMs = settings.minPauseMs();
    }

    /** Tasks begin to run: the first one is due after the interval. */
    void begin(long nowMs) {
        due = false;
        nextMs = nowMs + intervalMs;
    }

    /** Whether one is due. */
    boolean isDue(long nowMs) {
        due |= nowMs >= nextMs;
        return due && nowMs >= pauseUntilMs;
    }

    /** One is due now, whatever the interval and the pause. */
    void hurry(long nowMs) {
        due = true;
        pauseUntilMs = nowMs;
    }

    void triggered(long nowMs) {
        due = false;
        nextMs = nowMs + intervalMs;
    }

    void ended(long nowMs) {
        pauseUntilMs = nowMs + minPauseMs;
    }

    /** Until it is worth asking again; at least 1. */
    long delayMs(long nowMs) {
        return Math.max(1, Math.max(due ? 0 : nextMs, pauseUntilMs) - nowMs);
    }
}
