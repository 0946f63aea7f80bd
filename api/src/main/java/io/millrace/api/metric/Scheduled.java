package io.millrace.api.metric;

/** A reporter that reports at an interval, {@code metrics.reporter.NAME.interval}. */
public interface Scheduled {
    void report();
}
