package io.millrace.coordinator.failover;

import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import java.util.List;
import java.util.OptionalLong;

/**
 * How often and how soon a failed region starts again. A closed family of values; pure: reads no
 * clock, and has no jitter, since one coordinator restarts one job.
 */
public sealed interface RestartStrategy {
    /** Of a job with checkpoints that sets none: it goes on trying, ever more slowly. */
    RestartStrategy ENDLESS =
            new ExponentialDelay(Integer.MAX_VALUE, 1_000, 60_000, 1.5, 3_600_000);

    /** The strategies. */
    enum Kind {
        FIXED_DELAY,
        EXPONENTIAL_DELAY,
        FAILURE_RATE,
        NONE
    }

    Kind kind();

    /**
     * The delay before the next restart in milliseconds, or empty if there shall be none.
     *
     * @param history of the restarts before this failure
     */
    OptionalLong nextDelayMs(RestartHistory history, long nowMs);

    /** The limit in words, for the message of a job that reached it. */
    String limit();

    /**
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION}
     */
    static RestartStrategy from(Config config) {
        return RestartOptions.strategy(config);
    }

    /** The strategy of a job that sets any of {@link #options()}, else {@code otherwise}. */
    static RestartStrategy from(Config job, RestartStrategy otherwise) {
        return options().stream().anyMatch(job::contains) ? from(job) : otherwise;
    }

    /** The options that {@link #from} reads. */
    static List<Option<?>> options() {
        return RestartOptions.ALL;
    }

    /** The same pause each time, a limited number of times. */
    record FixedDelay(int attempts, long delayMs) implements RestartStrategy {
        @Override
        public Kind kind() {
            return Kind.FIXED_DELAY;
        }

        @Override
        public OptionalLong nextDelayMs(RestartHistory history, long nowMs) {
            return history.count() < attempts ? OptionalLong.of(delayMs) : OptionalLong.empty();
        }

        @Override
        public String limit() {
            return attempts + " restarts";
        }
    }

    /**
     * A pause that grows with each restart in a row.
     *
     * @param attempts in a row
     * @param resetAfterMs without a failure, the row begins again
     */
    record ExponentialDelay(
            int attempts, long initialMs, long maxMs, double multiplier, long resetAfterMs)
            implements RestartStrategy {
        @Override
        public Kind kind() {
            return Kind.EXPONENTIAL_DELAY;
        }

        @Override
        public OptionalLong nextDelayMs(RestartHistory history, long nowMs) {
            int before = history.inSuccession(resetAfterMs, nowMs);
            if (before >= attempts) {
                return OptionalLong.empty();
            }
            double delayMs = initialMs * Math.pow(multiplier, before);
            return OptionalLong.of(delayMs < maxMs ? (long) delayMs : maxMs);
        }

        @Override
        public String limit() {
            return attempts + " restarts in a row, each within " + resetAfterMs / 1000 + " s";
        }
    }

    /** At most so many restarts in any interval. */
    record FailureRate(int restarts, long intervalMs, long delayMs) implements RestartStrategy {
        @Override
        public Kind kind() {
            return Kind.FAILURE_RATE;
        }

        @Override
        public OptionalLong nextDelayMs(RestartHistory history, long nowMs) {
            return history.within(intervalMs, nowMs) < restarts
                    ? OptionalLong.of(delayMs)
                    : OptionalLong.empty();
        }

        @Override
        public String limit() {
            return restarts + " restarts in " + intervalMs / 1000 + " s";
        }
    }

    /** Never. */
    record None() implements RestartStrategy {
        @Override
        public Kind kind() {
            return Kind.NONE;
        }

        @Override
        public OptionalLong nextDelayMs(RestartHistory history, long nowMs) {
            return OptionalLong.empty();
        }

        @Override
        public String limit() {
            return "no restarts";
        }
    }
}
