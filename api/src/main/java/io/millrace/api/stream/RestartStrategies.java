package io.millrace.api.stream;

import io.millrace.api.option.ReadableConfig;
import io.millrace.api.time.Time;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a job starts again after a failure, as older programs write it. Each sets options of the
 * group {@code restart}, which newer programs and the command line set themselves.
 *
 * @deprecated set the options
 */
@Deprecated
public class RestartStrategies {
    /** The failure ends the job. */
    public static RestartStrategyConfiguration noRestart() {
        return new NoRestartStrategyConfiguration();
    }

    /** What the cluster has configured. */
    public static RestartStrategyConfiguration fallBackRestart() {
        return new FallbackRestartStrategyConfiguration();
    }

    /**
     * @param delayBetweenAttempts milliseconds
     */
    public static RestartStrategyConfiguration fixedDelayRestart(
            int restartAttempts, long delayBetweenAttempts) {
        return fixedDelayRestart(restartAttempts, Duration.ofMillis(delayBetweenAttempts));
    }

    public static RestartStrategyConfiguration fixedDelayRestart(
            int restartAttempts, Time delayInterval) {
        return fixedDelayRestart(restartAttempts, delayInterval.toDuration());
    }

    public static RestartStrategyConfiguration fixedDelayRestart(
            int restartAttempts, Duration delayInterval) {
        return new FixedDelayRestartStrategyConfiguration(restartAttempts, delayInterval);
    }

    public static FailureRateRestartStrategyConfiguration failureRateRestart(
            int failureRate, Time failureInterval, Time delayInterval) {
        return failureRateRestart(
                failureRate, failureInterval.toDuration(), delayInterval.toDuration());
    }

    /**
     * @param failureRate restarts in the interval before the job fails
     */
    public static FailureRateRestartStrategyConfiguration failureRateRestart(
            int failureRate, Duration failureInterval, Duration delayInterval) {
        return new FailureRateRestartStrategyConfiguration(
                failureRate, failureInterval, delayInterval);
    }

    public static ExponentialDelayRestartStrategyConfiguration exponentialDelayRestart(
            Time initialBackoff,
            Time maxBackoff,
            double backoffMultiplier,
            Time resetBackoffThreshold,
            double jitterFactor) {
        return exponentialDelayRestart(
                initialBackoff.toDuration(),
                maxBackoff.toDuration(),
                backoffMultiplier,
                resetBackoffThreshold.toDuration(),
                jitterFactor);
    }

    /**
     * @param jitterFactor without effect: a job's restarts are decided in one place, so no two of
     *     them need to be kept apart
     */
    public static ExponentialDelayRestartStrategyConfiguration exponentialDelayRestart(
            Duration initialBackoff,
            Duration maxBackoff,
            double backoffMultiplier,
            Duration resetBackoffThreshold,
            double jitterFactor) {
        return new ExponentialDelayRestartStrategyConfiguration(
                initialBackoff, maxBackoff, backoffMultiplier, resetBackoffThreshold, jitterFactor);
    }

    /** What the options say; empty if they say nothing. */
    public static Optional<RestartStrategyConfiguration> fromConfiguration(
            ReadableConfig configuration) {
        return RestartOptionTexts.read(configuration);
    }

    /** The common part: which options a strategy stands for. Immutable. */
    public abstract static class RestartStrategyConfiguration implements Serializable {
        private static final long serialVersionUID = 1L;

        // Only this class extends it.
        RestartStrategyConfiguration() {}

        /** For people. */
        public abstract String getDescription();

        /** The options by key; empty to leave them as they are. */
        abstract Map<String, String> options();

        @Override
        public String toString() {
            return getDescription();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof RestartStrategyConfiguration that
                    && getClass() == that.getClass()
                    && getDescription().equals(that.getDescription());
        }

        @Override
        public int hashCode() {
            return getDescription().hashCode();
        }
    }

    /** No restart. */
    public static final class NoRestartStrategyConfiguration extends RestartStrategyConfiguration {
        private static final long serialVersionUID = 1L;

        public NoRestartStrategyConfiguration() {}

        @Override
        public String getDescription() {
            return "Restart deactivated.";
        }

        @Override
        Map<String, String> options() {
            return Map.of(RestartOptionTexts.STRATEGY, "none");
        }
    }

    /** What the cluster has configured. */
    public static final class FallbackRestartStrategyConfiguration
            extends RestartStrategyConfiguration {
        private static final long serialVersionUID = 1L;

        public FallbackRestartStrategyConfiguration() {}

        @Override
        public String getDescription() {
            return "Cluster level default restart strategy";
        }

        @Override
        Map<String, String> options() {
            return Map.of();
        }
    }

    /** A number of restarts, with the same pause before each. */
    public static final class FixedDelayRestartStrategyConfiguration
            extends RestartStrategyConfiguration {
        private static final long serialVersionUID = 1L;

        private final int restartAttempts;
        private final Duration delay;

        FixedDelayRestartStrategyConfiguration(int restartAttempts, Duration delay) {
            if (restartAttempts < 0) {
                throw new IllegalArgumentException(
                        "The number of restarts is at least 0, not " + restartAttempts + ".");
            }
            this.restartAttempts = restartAttempts;
            this.delay = Objects.requireNonNull(delay);
        }

        public int getRestartAttempts() {
            return restartAttempts;
        }

        public Time getDelayBetweenAttemptsInterval() {
            return Time.fromDuration(delay);
        }

        public Duration getDurationBetweenAttempts() {
            return delay;
        }

        @Override
        public String getDescription() {
            return "Restart with fixed delay ("
                    + delay
                    + "). #"
                    + restartAttempts
                    + " restart attempts.";
        }

        @Override
        Map<String, String> options() {
            return restartAttempts == 0
                    ? Map.of(RestartOptionTexts.STRATEGY, "none")
                    : Map.of(
                            RestartOptionTexts.STRATEGY,
                            "fixed-delay",
                            RestartOptionTexts.ATTEMPTS,
                            String.valueOf(restartAttempts),
                            RestartOptionTexts.DELAY,
                            RestartOptionTexts.text(delay));
        }
    }

    /** A number of restarts in an interval. */
    public static final class FailureRateRestartStrategyConfiguration
            extends RestartStrategyConfiguration {
        private static final long serialVersionUID = 1L;

        private final int maxFailureRate;
        private final Duration interval;
        private final Duration delay;

        public FailureRateRestartStrategyConfiguration(
                int maxFailureRate, Time failureInterval, Time delayBetweenAttemptsInterval) {
            this(
                    maxFailureRate,
                    failureInterval.toDuration(),
                    delayBetweenAttemptsInterval.toDuration());
        }

        public FailureRateRestartStrategyConfiguration(
                int maxFailureRate,
                Duration failureInterval,
                Duration delayBetweenAttemptsInterval) {
            if (maxFailureRate < 1) {
                throw new IllegalArgumentException(
                        "The failure rate is at least 1, not " + maxFailureRate + ".");
            }
            this.maxFailureRate = maxFailureRate;
            this.interval = Objects.requireNonNull(failureInterval);
            this.delay = Objects.requireNonNull(delayBetweenAttemptsInterval);
        }

        public int getMaxFailureRate() {
            return maxFailureRate;
        }

        public Time getFailureInterval() {
            return Time.fromDuration(interval);
        }

        public Duration getFailureIntervalDuration() {
            return interval;
        }

        public Time getDelayBetweenAttemptsInterval() {
            return Time.fromDuration(delay);
        }

        public Duration getDurationBetweenAttempts() {
            return delay;
        }

        @Override
        public String getDescription() {
            return "Failure rate restart with maximum of "
                    + maxFailureRate
                    + " failures within interval "
                    + interval
                    + " and fixed delay "
                    + delay
                    + ".";
        }

        @Override
        Map<String, String> options() {
            return Map.of(
                    RestartOptionTexts.STRATEGY,
                    "failure-rate",
                    RestartOptionTexts.ATTEMPTS,
                    String.valueOf(maxFailureRate),
                    RestartOptionTexts.INTERVAL,
                    RestartOptionTexts.text(interval),
                    RestartOptionTexts.DELAY,
                    RestartOptionTexts.text(delay));
        }
    }

    /** Pauses that grow with each restart in a row. */
    public static final class ExponentialDelayRestartStrategyConfiguration
            extends RestartStrategyConfiguration {
        private static final long serialVersionUID = 1L;

        private final Duration initialBackoff;
        private final Duration maxBackoff;
        private final double backoffMultiplier;
        private final Duration resetBackoffThreshold;
        private final double jitterFactor;

        public ExponentialDelayRestartStrategyConfiguration(
                Time initialBackoff,
                Time maxBackoff,
                double backoffMultiplier,
                Time resetBackoffThreshold,
                double jitterFactor) {
            this(
                    initialBackoff.toDuration(),
                    maxBackoff.toDuration(),
                    backoffMultiplier,
                    resetBackoffThreshold.toDuration(),
                    jitterFactor);
        }

        public ExponentialDelayRestartStrategyConfiguration(
                Duration initialBackoff,
                Duration maxBackoff,
                double backoffMultiplier,
                Duration resetBackoffThreshold,
                double jitterFactor) {
            this.initialBackoff = Objects.requireNonNull(initialBackoff);
            this.maxBackoff = Objects.requireNonNull(maxBackoff);
            this.backoffMultiplier = backoffMultiplier;
            this.resetBackoffThreshold = Objects.requireNonNull(resetBackoffThreshold);
            this.jitterFactor = jitterFactor;
        }

        public Time getInitialBackoff() {
            return Time.fromDuration(initialBackoff);
        }

        public Duration getInitialBackoffDuration() {
            return initialBackoff;
        }

        public Time getMaxBackoff() {
            return Time.fromDuration(maxBackoff);
        }

        public Duration getMaxBackoffDuration() {
            return maxBackoff;
        }

        public double getBackoffMultiplier() {
            return backoffMultiplier;
        }

        public Time getResetBackoffThreshold() {
            return Time.fromDuration(resetBackoffThreshold);
        }

        public Duration getResetBackoffDurationThreshold() {
            return resetBackoffThreshold;
        }

        /** Without effect, see {@link #exponentialDelayRestart}. */
        public double getJitterFactor() {
            return jitterFactor;
        }

        @Override
        public String getDescription() {
            return "Restart with exponential delay: starting at "
                    + initialBackoff
                    + ", increasing by "
                    + backoffMultiplier
                    + ", with maximum "
                    + maxBackoff
                    + ", reset after "
                    + resetBackoffThreshold
                    + " of running, with jitter "
                    + jitterFactor
                    + ".";
        }

        @Override
        Map<String, String> options() {
            return Map.of(
                    RestartOptionTexts.STRATEGY,
                    "exponential-delay",
                    RestartOptionTexts.ATTEMPTS,
                    String.valueOf(Integer.MAX_VALUE),
                    RestartOptionTexts.DELAY,
                    RestartOptionTexts.text(initialBackoff),
                    RestartOptionTexts.MAX_DELAY,
                    RestartOptionTexts.text(maxBackoff),
                    RestartOptionTexts.MULTIPLIER,
                    String.valueOf(backoffMultiplier),
                    RestartOptionTexts.RESET_AFTER,
                    RestartOptionTexts.text(resetBackoffThreshold));
        }
    }
}
