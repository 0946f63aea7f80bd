package io.millrace.coordinator.failover;

import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.List;

/** Options of the restart strategy; a job may set its own. Only this package reads them. */
final class RestartOptions {
    static final Option<RestartStrategy.Kind> STRATEGY =
            Option.choice("restart.strategy", RestartStrategy.Kind.class)
                    .formerly("restart-strategy.type", "restart-strategy")
                    .defaultTo(RestartStrategy.Kind.EXPONENTIAL_DELAY)
                    .describe(
                            "How a region starts again after a failure that is not the program's"
                                    + " own: fixed-delay, exponential-delay, failure-rate or none.");

    static final Option<Integer> ATTEMPTS =
            Option.integer("restart.attempts")
                    .formerly(
                            "restart-strategy.fixed-delay.attempts",
                            "restart-strategy.failure-rate.max-failures-per-interval",
                            "restart-strategy.exponential-delay.attempts-before-reset-backoff")
                    .defaultTo(10)
                    .between(1, Integer.MAX_VALUE)
                    .describe(
                            "Restarts before the job fails: in all (fixed-delay), in a row"
                                    + " (exponential-delay; more than 1000 is without end), or in"
                                    + " the interval (failure-rate; at most 1000 count).");

    static final Option<Duration> DELAY =
            Option.duration("restart.delay")
                    .formerly(
                            "restart-strategy.fixed-delay.delay",
                            "restart-strategy.failure-rate.delay",
                            "restart-strategy.exponential-delay.initial-backoff")
                    .defaultTo(Duration.ofMillis(500))
                    .between(Duration.ZERO, Duration.ofHours(1))
                    .describe(
                            "Pause before a restart; with exponential-delay, before the first"
                                    + " one.");

    static final Option<Duration> MAX_DELAY =
            Option.duration("restart.max-delay")
                    .formerly("restart-strategy.exponential-delay.max-backoff")
                    .defaultTo(Duration.ofSeconds(30))
                    .between(Duration.ZERO, Duration.ofHours(1))
                    .describe("Longest pause of exponential-delay.");

    static final Option<Double> MULTIPLIER =
            Option.decimal("restart.multiplier")
                    .formerly("restart-strategy.exponential-delay.backoff-multiplier")
                    .defaultTo(2.0)
                    .between(1.0, 100.0)
                    .describe(
                            "How the pause of exponential-delay grows with each restart in a row.");

    static final Option<Duration> RESET_AFTER =
            Option.duration("restart.reset-after")
                    .formerly("restart-strategy.exponential-delay.reset-backoff-threshold")
                    .defaultTo(Duration.ofMinutes(10))
                    .between(Duration.ofSeconds(1), Duration.ofDays(1))
                    .describe(
                            "Time without a failure after which exponential-delay counts from the"
                                    + " beginning.");

    static final Option<Duration> INTERVAL =
            Option.duration("restart.interval")
                    .formerly("restart-strategy.failure-rate.failure-rate-interval")
                    .defaultTo(Duration.ofMinutes(10))
                    .between(Duration.ofSeconds(1), Duration.ofDays(1))
                    .describe("Interval in which failure-rate counts restarts.");

    static final List<Option<?>> ALL =
            List.of(STRATEGY, ATTEMPTS, DELAY, MAX_DELAY, MULTIPLIER, RESET_AFTER, INTERVAL);

    private RestartOptions() {}

    static RestartStrategy strategy(Config config) {
        int attempts = config.get(ATTEMPTS);
        long delayMs = config.get(DELAY).toMillis();
        return switch (config.get(STRATEGY)) {
            case FIXED_DELAY -> new RestartStrategy.FixedDelay(attempts, delayMs);
            case EXPONENTIAL_DELAY ->
                    new RestartStrategy.ExponentialDelay(
                            attempts,
                            delayMs,
                            config.get(MAX_DELAY).toMillis(),
                            config.get(MULTIPLIER),
                            config.get(RESET_AFTER).toMillis());
            case FAILURE_RATE ->
                    new RestartStrategy.FailureRate(
                            Math.min(RestartHistory.REMEMBERED, attempts),
                            config.get(INTERVAL).toMillis(),
                            delayMs);
            case NONE -> new RestartStrategy.None();
        };
    }
}
