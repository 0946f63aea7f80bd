package io.millrace.host;

import java.util.function.LongSupplier;

/**
 * Milliseconds since the epoch that never go back: the wall clock is read once, then only the
 * monotonic clock counts. So durations are right when somebody sets the machine's time, and moments
 * still mean something to people and to the next leader. Immutable; thread-safe.
 */
final class HostClock implements LongSupplier {
    private final long startMs;
    private final long startNanos;

    HostClock() {
        this.startMs = System.currentTimeMillis();
        this.startNanos = System.nanoTime();
    }

    @Override
    public long getAsLong() {
        return startMs + (System.nanoTime() - startNanos) / 1_000_000;
    }
}
