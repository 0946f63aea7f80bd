package io.millrace.api.stream;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.ConfigOptions;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.stream.RestartStrategies.RestartStrategyConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The options of the group {@code restart} between text and what programs name. Pure. */
final class RestartOptionTexts {
    static final String STRATEGY = "restart.strategy";
    static final String ATTEMPTS = "restart.attempts";
    static final String DELAY = "restart.delay";
    static final String MAX_DELAY = "restart.max-delay";
    static final String MULTIPLIER = "restart.multiplier";
    static final String RESET_AFTER = "restart.reset-after";
    static final String INTERVAL = "restart.interval";

    static final List<String> ALL =
            List.of(STRATEGY, ATTEMPTS, DELAY, MAX_DELAY, MULTIPLIER, RESET_AFTER, INTERVAL);

    private RestartOptionTexts() {}

    static String text(Duration duration) {
        return duration.toMillis() + " ms";
    }

    /**
     * The strategy that the options name, with the engine's defaults for what they leave out; empty
     * if they name none.
     */
    @SuppressWarnings("deprecation") // the older form is what this is for
    static Optional<RestartStrategyConfiguration> read(ReadableConfig config) {
        ConfigOption<String> strategy = ConfigOptions.key(STRATEGY).stringType().noDefaultValue();
        return config.getOptional(strategy)
                .map(
                        text ->
                                switch (text.trim().toLowerCase(Locale.ROOT).replace('_', '-')) {
                                    case "none" -> RestartStrategies.noRestart();
                                    case "fixed-delay" ->
                                            RestartStrategies.fixedDelayRestart(
                                                    attempts(config),
                                                    duration(config, DELAY, "500 ms"));
                                    case "failure-rate" ->
                                            RestartStrategies.failureRateRestart(
                                                    attempts(config),
                                                    duration(config, INTERVAL, "10 min"),
                                                    duration(config, DELAY, "500 ms"));
                                    case "exponential-delay" ->
                                            RestartStrategies.exponentialDelayRestart(
                                                    duration(config, DELAY, "500 ms"),
                                                    duration(config, MAX_DELAY, "30 s"),
                                                    multiplier(config),
                                                    duration(config, RESET_AFTER, "10 min"),
                                                    0);
                                    default ->
                                            throw new IllegalArgumentException(
                                                    "option '"
                                                            + STRATEGY
                                                            + "' is '"
                                                            + text
                                                            + "', but must be fixed-delay,"
                                                            + " exponential-delay, failure-rate or"
                                                            + " none.");
                                });
    }

    private static int attempts(ReadableConfig config) {
        return config.get(ConfigOptions.key(ATTEMPTS).intType().defaultValue(10));
    }

    private static double multiplier(ReadableConfig config) {
        return config.get(ConfigOptions.key(MULTIPLIER).doubleType().defaultValue(2.0));
    }

    private static Duration duration(ReadableConfig config, String key, String otherwise) {
        return config.get(
                ConfigOptions.key(key)
                        .durationType()
                        .defaultValue(io.millrace.api.time.TimeUtils.parseDuration(otherwise)));
    }
}
