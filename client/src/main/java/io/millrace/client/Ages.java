package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.time.TimeUtils;

/** How old something must be, as options say it: {@code 30d}. Pure. */
final class Ages {
    private Ages() {}

    /**
     * @param option for messages
     * @return milliseconds
     * @throws MillraceException {@code USAGE}
     */
    static long parse(String option, String text) {
        try {
            long ms = TimeUtils.parseDuration(text).toMillis();
            if (ms >= 0) {
                return ms;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(option, text);
        }
        throw wrong(option, text);
    }

    private static MillraceException wrong(String option, String text) {
        return new MillraceException(
                ErrorCode.USAGE,
                option + " is '" + text + "'. Write a number and a unit: 30d, 12h, 45min.");
    }
}
