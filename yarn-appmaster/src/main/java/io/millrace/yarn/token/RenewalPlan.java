package io.millrace.yarn.token;

import java.time.Duration;

/**
 * When new delegation tokens are due. Pure; times in milliseconds since the epoch.
 *
 * @param timeRatio the part of a token's life after which new ones are obtained, 0 to 1
 * @param retryBackoffMs the longest pause after a failure
 */
record RenewalPlan(double timeRatio, long retryBackoffMs) {
    /** The tokens are not known, or have ended: the job stands still until there are new ones. */
    static final long NONE = Long.MIN_VALUE;

    private static final long SHORTEST_PAUSE_MS = 1_000;
    private static final long PAUSE_WITHOUT_TOKENS_MS = 30_000;

    /** So many times it is tried at least in what is left of the old tokens' life. */
    private static final int TRIES_IN_WHAT_IS_LEFT = 8;

    RenewalPlan {
        if (!(timeRatio > 0 && timeRatio < 1) || retryBackoffMs < SHORTEST_PAUSE_MS) {
            throw new IllegalArgumentException(timeRatio + " " + retryBackoffMs);
        }
    }

    RenewalPlan(double timeRatio, Duration retryBackoff) {
        this(timeRatio, retryBackoff.toMillis());
    }

    /**
     * @param endsAtMs of the tokens that were obtained at {@code nowMs}
     */
    long afterSuccess(long nowMs, long endsAtMs) {
        return nowMs + Math.max(SHORTEST_PAUSE_MS, (long) ((endsAtMs - nowMs) * timeRatio));
    }

    /**
     * @param endsAtMs of the tokens that there are; {@link #NONE} if that is not known
     */
    long afterFailure(long nowMs, long endsAtMs) {
        long pauseMs =
                endsAtMs <= nowMs
                        ? PAUSE_WITHOUT_TOKENS_MS
                        : (endsAtMs - nowMs) / TRIES_IN_WHAT_IS_LEFT;
        return nowMs + Math.min(retryBackoffMs, Math.max(SHORTEST_PAUSE_MS, pauseMs));
    }
}
