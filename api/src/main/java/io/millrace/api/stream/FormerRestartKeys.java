package io.millrace.api.stream;

import static io.millrace.api.stream.RestartOptionTexts.ATTEMPTS;
import static io.millrace.api.stream.RestartOptionTexts.DELAY;
import static io.millrace.api.stream.RestartOptionTexts.INTERVAL;
import static io.millrace.api.stream.RestartOptionTexts.MAX_DELAY;
import static io.millrace.api.stream.RestartOptionTexts.MULTIPLIER;
import static io.millrace.api.stream.RestartOptionTexts.RESET_AFTER;
import static io.millrace.api.stream.RestartOptionTexts.STRATEGY;

import io.millrace.api.option.Configuration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The group {@code restart-strategy}, which has keys of its own for each strategy: those of the
 * strategy that is chosen become keys of the group {@code restart}. Pure.
 */
final class FormerRestartKeys {
    private static final String GROUP = "restart-strategy";
    private static final List<String> TYPES = List.of(GROUP + ".type", GROUP);
    private static final String JITTER = GROUP + ".exponential-delay.jitter-factor";

    private static final Map<String, String> NAMES =
            Map.of(
                    "fixeddelay", "fixed-delay",
                    "failurerate", "failure-rate",
                    "exponentialdelay", "exponential-delay",
                    "none", "none",
                    "off", "none",
                    "disable", "none");

    /** By strategy: what its keys are called, and their names here. */
    private static final Map<String, Map<String, String>> KEYS =
            Map.of(
                    "fixed-delay",
                    Map.of("attempts", ATTEMPTS, "delay", DELAY),
                    "failure-rate",
                    Map.of(
                            "max-failures-per-interval", ATTEMPTS,
                            "failure-rate-interval", INTERVAL,
                            "delay", DELAY),
                    "exponential-delay",
                    Map.of(
                            "attempts-before-reset-backoff", ATTEMPTS,
                            "initial-backoff", DELAY,
                            "max-backoff", MAX_DELAY,
                            "backoff-multiplier", MULTIPLIER,
                            "reset-backoff-threshold", RESET_AFTER));

    private FormerRestartKeys() {}

    /** Does nothing where no strategy is chosen. */
    static void rename(Configuration values) {
        values.removeKey(JITTER); // a job's restarts are decided in one place
        String chosen = values.getString(STRATEGY, null);
        for (String former : TYPES) {
            String text = values.getString(former, null);
            values.removeKey(former);
            chosen = chosen == null ? text : chosen;
        }
        if (chosen == null) {
            return;
        }
        String strategy =
                NAMES.getOrDefault(
                        chosen.trim().toLowerCase(Locale.ROOT).replaceAll("[-_]", ""), chosen);
        values.setString(STRATEGY, strategy);
        for (String each : KEYS.keySet()) {
            for (Map.Entry<String, String> key : KEYS.get(each).entrySet()) {
                String former = GROUP + "." + each + "." + key.getKey();
                String text = values.getString(former, null);
                values.removeKey(former);
                if (text != null && each.equals(strategy)) {
                    adopt(key.getValue(), text.trim(), values);
                }
            }
        }
    }

    private static void adopt(String key, String text, Configuration values) {
        if (key.equals(ATTEMPTS) && text.equals("0")) {
            values.setString(STRATEGY, "none");
        } else if (!values.containsKey(key)) {
            values.setString(key, text);
        }
    }
}
