package io.millrace.api.option;

import java.time.Duration;

/**
 * The options of the group {@code restart}, as programs name them: those of one strategy share
 * their keys with those of the others, so set the ones of the strategy that is chosen.
 */
public class RestartStrategyOptions {
    private static final String FORMER = "restart-strategy.";

    /**
     * One of {@code none}, {@code fixed-delay}, {@code failure-rate}, {@code exponential-delay}.
     */
    public static final ConfigOption<String> RESTART_STRATEGY =
            ConfigOptions.key("restart.strategy")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys(FORMER + "type", "restart-strategy");

    public static final ConfigOption<Integer> RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS =
            attempts("fixed-delay.attempts");

    public static final ConfigOption<Duration> RESTART_STRATEGY_FIXED_DELAY_DELAY =
            delay("fixed-delay.delay");

    public static final ConfigOption<Integer>
            RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL =
                    attempts("failure-rate.max-failures-per-interval");

    public static final ConfigOption<Duration> RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL =
            duration(
                    "restart.interval",
                    "failure-rate.failure-rate-interval",
                    Duration.ofMinutes(10));

    public static final ConfigOption<Duration> RESTART_STRATEGY_FAILURE_RATE_DELAY =
            delay("failure-rate.delay");

    public static final ConfigOption<Duration> RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF =
            delay("exponential-delay.initial-backoff");

    public static final ConfigOption<Duration> RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF =
            duration("restart.max-delay", "exponential-delay.max-backoff", Duration.ofSeconds(30));

    public static final ConfigOption<Double> RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER =
            ConfigOptions.key("restart.multiplier")
                    .doubleType()
                    .defaultValue(2.0)
                    .withDeprecatedKeys(FORMER + "exponential-delay.backoff-multiplier");

    public static final ConfigOption<Duration>
            RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD =
                    duration(
                            "restart.reset-after",
                            "exponential-delay.reset-backoff-threshold",
                            Duration.ofMinutes(10));

    public static final ConfigOption<Integer> RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS =
            attempts("exponential-delay.attempts-before-reset-backoff");

    /**
     * Without effect: restarts of a job are decided in one place, so no two need to be kept apart.
     */
    public static final ConfigOption<Double> RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR =
            ConfigOption.of(IdleProgramOptions.RESTART_JITTER);

    private RestartStrategyOptions() {}

    private static ConfigOption<Integer> attempts(String former) {
        return ConfigOptions.key("restart.attempts")
                .intType()
                .defaultValue(10)
                .withDeprecatedKeys(FORMER + former);
    }

    private static ConfigOption<Duration> delay(String former) {
        return duration("restart.delay", former, Duration.ofMillis(500));
    }

    private static ConfigOption<Duration> duration(
            String key, String former, Duration defaultValue) {
        return ConfigOptions.key(key)
                .durationType()
                .defaultValue(defaultValue)
                .withDeprecatedKeys(FORMER + former);
    }
}
