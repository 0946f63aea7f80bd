package io.millrace.api.time;

/** A clock whose readings only mean something against each other; they never go back. */
public interface RelativeClock {
    /** Milliseconds since a fixed moment that nobody knows. */
    long relativeTimeMillis();

    /** Nanoseconds since a fixed moment that nobody knows. */
    long relativeTimeNanos();
}
