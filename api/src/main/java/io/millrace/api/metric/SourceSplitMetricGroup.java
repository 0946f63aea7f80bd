package io.millrace.api.metric;

/**
 * What is known about the time of one split of a source. A reporter is given it with the metrics of
 * the split, and may ask it any time.
 */
public interface SourceSplitMetricGroup extends MetricGroup {
    /** The watermark of the split; {@code Long.MIN_VALUE} before its first. */
    long getCurrentWatermark();

    /** Milliseconds of the last seconds, for each, in which the split was read. */
    double getActiveTimePerSecond();

    /** Milliseconds of the last seconds, for each, in which the split had no records. */
    long getIdleTimePerSecond();

    /** Milliseconds of the last seconds, for each, in which the split waited for others. */
    long getPausedTimePerSecond();

    /** Milliseconds in which the split was read. */
    double getAccumulatedActiveTime();

    /** Milliseconds in which the split had no records. */
    long getAccumulatedIdleTime();

    /** Milliseconds in which the split waited for others. */
    long getAccumulatedPausedTime();
}
