package io.millrace.api.time;

/** Tells the time; tests give a {@link ManualClock} where programs have a {@link SystemClock}. */
public abstract class Clock implements RelativeClock {
    /** Milliseconds since 1970-01-01T00:00Z. May go back if the machine's clock is set. */
    public abstract long absoluteTimeMillis();

    @Override
    public abstract long relativeTimeMillis();

    @Override
    public abstract long relativeTimeNanos();
}
