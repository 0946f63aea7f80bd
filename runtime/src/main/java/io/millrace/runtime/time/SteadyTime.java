package io.millrace.runtime.time;

import io.millrace.api.time.RelativeClock;
import java.util.function.LongSupplier;

/**
 * The time of a task by a clock that nobody sets: what happens at intervals, and how long nothing
 * has come. Confined to the task.
 */
public final class SteadyTime implements RelativeClock {
    private static final int NANOS_IN_MS = 1_000_000;

    private final LongSupplier nanos;
    private final ActivityClock activity;
    private final ProcessingTimers ticks = new ProcessingTimers();

    /**
     * @param nanos never goes back; only differences mean something
     */
    public SteadyTime(LongSupplier nanos) {
        this.nanos = nanos;
        this.activity = new ActivityClock(this);
    }

    @Override
    public long relativeTimeNanos() {
        return nanos.getAsLong();
    }

    @Override
    public long relativeTimeMillis() {
        return nanos.getAsLong() / NANOS_IN_MS;
    }

    /** Stands still while the task takes no input. */
    public ActivityClock activity() {
        return activity;
    }

    /** Calls {@code action} after {@code delayMs}, once the task takes input. */
    public void after(long delayMs, Runnable action) {
        ticks.at(relativeTimeMillis() + delayMs, action);
    }

    /** Makes the calls that are due. Returns how many. */
    public int runDue() {
        return ticks.nextMs() == Long.MAX_VALUE ? 0 : ticks.runDue(relativeTimeMillis());
    }

    /** When the next call is due, in nanoseconds of this clock; or {@code Long.MAX_VALUE}. */
    public long nextNanos() {
        long nextMs = ticks.nextMs();
        return nextMs == Long.MAX_VALUE ? nextMs : nextMs * NANOS_IN_MS;
    }
}
