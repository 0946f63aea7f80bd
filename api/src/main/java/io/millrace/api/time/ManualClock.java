package io.millrace.api.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to move, for tests. Thread-safe. */
public final class ManualClock extends Clock {
    /** Written by the test, read by whatever it tests. */
    private final AtomicLong nanos;

    /** Stands at 0. */
    public ManualClock() {
        this(0);
    }

    /**
     * @param startTime nanoseconds, of all three readings
     */
    public ManualClock(long startTime) {
        this.nanos = new AtomicLong(startTime);
    }

    @Override
    public long absoluteTimeMillis() {
        return nanos.get() / 1_000_000;
    }

    @Override
    public long relativeTimeMillis() {
        return nanos.get() / 1_000_000;
    }

    @Override
    public long relativeTimeNanos() {
        return nanos.get();
    }

    /**
     * @param duration may be negative
     */
    public void advanceTime(long duration, TimeUnit timeUnit) {
        nanos.addAndGet(timeUnit.toNanos(duration));
    }

    /**
     * @param duration may be negative
     */
    public void advanceTime(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
