package io.millrace.runtime.time;

import io.millrace.api.time.RelativeClock;

/**
 * A clock that can be stopped: what it measures as silence is time in which something could have
 * come. Confined to the task.
 */
public final class ActivityClock implements RelativeClock {
    private static final int NANOS_IN_MS = 1_000_000;

    private final RelativeClock base;
    private boolean paused;
    private long pausedAtNanos; // of the base
    private long pausedNanos; // in all earlier pauses

    /**
     * @param base never goes back; may be another one that can be stopped
     */
    public ActivityClock(RelativeClock base) {
        this.base = base;
    }

    /** Stands still from here on; nothing happens if it does already. */
    public void pause() {
        if (!paused) {
            paused = true;
            pausedAtNanos = base.relativeTimeNanos();
        }
    }

    /** Runs on from where it stood; nothing happens if it runs already. */
    public void resume() {
        if (paused) {
            paused = false;
            pausedNanos += base.relativeTimeNanos() - pausedAtNanos;
        }
    }

    @Override
    public long relativeTimeNanos() {
        return (paused ? pausedAtNanos : base.relativeTimeNanos()) - pausedNanos;
    }

    @Override
    public long relativeTimeMillis() {
        return relativeTimeNanos() / NANOS_IN_MS;
    }
}
