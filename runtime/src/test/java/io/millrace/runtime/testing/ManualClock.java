package io.millrace.runtime.testing;

/** A clock that stands still until it is moved. Confined to the test. */
public final class ManualClock {
    private long nanos = 1_000_000_000L;
    private long setBackMs;

    public long nanos() {
        return nanos;
    }

    /** Milliseconds since the epoch. */
    public long wallMs() {
        return nanos / 1_000_000 - setBackMs;
    }

    /** Somebody sets the wall clock back; {@link #nanos} does not notice. */
    public void setBackMs(long ms) {
        setBackMs += ms;
    }

    public void advanceMs(long ms) {
        nanos += ms * 1_000_000;
    }
}
