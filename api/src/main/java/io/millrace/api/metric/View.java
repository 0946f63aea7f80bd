package io.millrace.api.metric;

/** A metric that is brought up to date from time to time, on the thread of the reporters. */
public interface View {
    /** Seconds between two updates. */
    int UPDATE_INTERVAL_SECONDS = 5;

    /** Called every {@link #UPDATE_INTERVAL_SECONDS}, as long as the metric is registered. */
    void update();
}
