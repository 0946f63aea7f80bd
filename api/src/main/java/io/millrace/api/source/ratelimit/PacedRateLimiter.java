package io.millrace.api.source.ratelimit;

import io.millrace.api.source.SourceSplit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Permits records at a rate. Confined to its task. */
/* A bucket of permits that fills with time and holds those of one second. acquire() may take more than
 * there are; the debt is waited for by the one that made it. Waiting is done by the JDK's own timer
 * thread, in steps of at least a millisecond: above 1,000 records a second they come in small lots,
 * since a wake-up for each would cost more than the record. */
public class PacedRateLimiter<SplitT extends SourceSplit> implements MeteredRateLimiter<SplitT> {
    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double NANOS_A_SECOND = 1e9;

    private final double perNano;
    private final double capacity;
    private final LongSupplier nanos;
    private double permits = 1;
    private long filledAtNanos;

    /**
     * @param permitsPerSecond more than 0; may be a fraction
     */
    public PacedRateLimiter(double permitsPerSecond) {
        this(permitsPerSecond, System::nanoTime);
    }

    PacedRateLimiter(double permitsPerSecond, LongSupplier nanos) {
        requireRate(permitsPerSecond);
        this.perNano = permitsPerSecond / NANOS_A_SECOND;
        this.capacity = Math.max(1, permitsPerSecond);
        this.nanos = nanos;
        this.filledAtNanos = nanos.getAsLong();
    }

    static void requireRate(double permitsPerSecond) {
        if (!(permitsPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "A rate is more than 0 records a second, not " + permitsPerSecond + ".");
        }
    }

    private void fill() {
        long now = nanos.getAsLong();
        permits = Math.min(capacity, permits + (now - filledAtNanos) * perNano);
        filledAtNanos = now;
    }

    @Override
    public int take(int wanted) {
        fill();
        int taken = (int) Math.max(0, Math.min(wanted, Math.floor(permits)));
        permits -= taken;
        return taken;
    }

    @Override
    public CompletableFuture<Void> whenPermitted() {
        return after(Math.max(SHORTEST_WAIT_NANOS, nanosToPermit()));
    }

    /** Until one record is permitted, as of the last look at the clock. */
    long nanosToPermit() {
        return permits >= 1 ? 0 : (long) Math.ceil((1 - permits) / perNano);
    }

    @Override
    public CompletionStage<Void> acquire(int numberOfEvents) {
        fill();
        permits -= numberOfEvents;
        return permits >= 0
                ? CompletableFuture.completedFuture(null)
                : after((long) Math.ceil(-permits / perNano));
    }

    private static CompletableFuture<Void> after(long waitNanos) {
        return new CompletableFuture<Void>()
                .completeOnTimeout(null, waitNanos, TimeUnit.NANOSECONDS);
    }
}
