package io.millrace.api.time;

import java.time.Duration;
import java.util.Objects;

/**
 * Emits the watermarks of another generator, and marks its output idle when no record has come for
 * a while. Confined to the task.
 */
public class WatermarksWithIdleness<T> implements WatermarkGenerator<T> {
    private final WatermarkGenerator<T> watermarks;
    private final long timeoutNanos;
    private final RelativeClock clock;
    private boolean active = true; // a record has come since the last look
    private boolean idle;
    private long silentSinceNanos;

    /** By the machine's clock, which runs on while a task cannot read. */
    public WatermarksWithIdleness(WatermarkGenerator<T> watermarks, Duration idleTimeout) {
        this(watermarks, idleTimeout, SystemClock.getInstance());
    }

    /**
     * @param idleTimeout positive
     * @param clock stands still while no record can come
     */
    public WatermarksWithIdleness(
            WatermarkGenerator<T> watermarks, Duration idleTimeout, RelativeClock clock) {
        this.watermarks = Objects.requireNonNull(watermarks, "watermarks");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.timeoutNanos = nanosOf(checked(idleTimeout));
    }

    static Duration checked(Duration idleTimeout) {
        if (idleTimeout.isZero() || idleTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "The idle timeout of a watermark strategy is "
                            + idleTimeout
                            + "; it must be longer than 0.");
        }
        return idleTimeout;
    }

    /** Centuries are as good as never. */
    private static long nanosOf(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
        // No clock is read for a record: the next periodic look sees that there was one.
        watermarks.onEvent(event, eventTimestamp, output);
        active = true;
        idle = false;
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (active) {
            active = false;
            silentSinceNanos = clock.relativeTimeNanos();
        } else if (!idle && clock.relativeTimeNanos() - silentSinceNanos > timeoutNanos) {
            idle = true;
            output.markIdle();
        }
        if (!idle) {
            watermarks.onPeriodicEmit(output);
        }
    }
}
