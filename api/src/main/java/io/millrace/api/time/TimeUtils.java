package io.millrace.api.time;

import io.millrace.api.option.Option;
import java.time.Duration;

/** Text forms of durations, as options have them. Pure. */
public final class TimeUtils {
    private static final Option<Duration> TEXT = Option.duration("duration");

    private TimeUtils() {}

    /**
     * A number and a unit ({@code ns}, {@code us}, {@code ms}, {@code s}, {@code min}, {@code h},
     * {@code d} and their long forms; milliseconds without one), or ISO-8601.
     *
     * @throws IllegalArgumentException quoting the text, if it is neither
     */
    public static Duration parseDuration(String text) {
        try {
            return TEXT.parse(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a duration: a number with a unit, as '90 s' or '5 min', or"
                            + " ISO-8601, as 'PT1M30S'.",
                    e);
        }
    }

    /** The number of milliseconds, as {@code 1500 ms}. */
    public static String getStringInMillis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    /** In the largest unit that divides it, as {@code 90 s}; reads back the same. */
    public static String formatWithHighestUnit(Duration duration) {
        if (duration.isZero()) {
            return "0 ms";
        }
        if (duration.getNano() % 1_000 != 0) {
            return duration.toNanos() + " ns";
        }
        if (duration.getNano() % 1_000_000 != 0) {
            return duration.toNanos() / 1_000 + " us";
        }
        if (duration.getNano() != 0) {
            return duration.toMillis() + " ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + " d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
