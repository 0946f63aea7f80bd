package io.millrace.runtime.operator;

import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.MetricGroup;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far one split has come, and for how long it was read, waited for records, or was paused by
 * its watermark group: in the group {@code split.ID} of its source. Written by the task, read by
 * reporters.
 */
final class SplitMetrics {
    private enum State {
        ACTIVE,
        IDLE,
        PAUSED
    }

    private final LongSupplier nanos;
    // Written by the task, read by reporters.
    private volatile long watermarkMs = Long.MIN_VALUE;
    private volatile Times times;

    /** Until the last change, and what holds since then. Immutable. */
    private record Times(
            State state, long sinceNanos, long activeNanos, long idleNanos, long pausedNanos) {
        long of(State asked, long nowNanos) {
            long before =
                    switch (asked) {
                        case ACTIVE -> activeNanos;
                        case IDLE -> idleNanos;
                        case PAUSED -> pausedNanos;
                    };
            return asked == state ? before + nowNanos - sinceNanos : before;
        }

        Times become(State next, long nowNanos) {
            return new Times(
                    next,
                    nowNanos,
                    of(State.ACTIVE, nowNanos),
                    of(State.IDLE, nowNanos),
                    of(State.PAUSED, nowNanos));
        }
    }

    /** How many milliseconds of each second, since it was asked last. */
    private final class PerSecond implements Gauge<Long> {
        private final State state;
        // Guarded by this: reporters ask, each from a thread of its own.
        private long askedAtNanos = nanos.getAsLong();
        private long hadNanos;
        private long value;

        PerSecond(State state) {
            this.state = state;
        }

        @Override
        public synchronized Long getValue() {
            long now = nanos.getAsLong();
            long passed = now - askedAtNanos;
            if (passed >= TimeUnit.SECONDS.toNanos(1)) {
                long has = times.of(state, now);
                value = Math.round(1000.0 * (has - hadNanos) / passed);
                askedAtNanos = now;
                hadNanos = has;
            }
            return value;
        }
    }

    /**
     * @param nanos never goes back; any thread may ask it
     */
    SplitMetrics(LongSupplier nanos) {
        this.nanos = nanos;
        this.times = new Times(State.ACTIVE, nanos.getAsLong(), 0, 0, 0);
    }

    void registerIn(MetricGroup group) {
        Gauge<Long> watermark = () -> watermarkMs;
        group.gauge("currentWatermark", watermark);
        register(group, "active", State.ACTIVE);
        register(group, "idle", State.IDLE);
        register(group, "paused", State.PAUSED);
    }

    private void register(MetricGroup group, String name, State state) {
        Gauge<Long> accumulated =
                () -> TimeUnit.NANOSECONDS.toMillis(times.of(state, nanos.getAsLong()));
        group.gauge(name + "TimeMsPerSecond", new PerSecond(state));
        group.gauge(
                "accumulated"
                        + Character.toUpperCase(name.charAt(0))
                        + name.substring(1)
                        + "TimeMs",
                accumulated);
    }

    void onWatermark(long timestampMs) {
        watermarkMs = timestampMs;
    }

    /** One that is paused is not idle: its records wait for others. */
    void onState(boolean idle, boolean paused) {
        State next = paused ? State.PAUSED : idle ? State.IDLE : State.ACTIVE;
        if (next != times.state) {
            times = times.become(next, nanos.getAsLong());
        }
    }
}
