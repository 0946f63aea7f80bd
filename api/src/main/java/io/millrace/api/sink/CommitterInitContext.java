package io.millrace.api.sink;

import io.millrace.api.metric.SinkCommitterMetricGroup;

/** What a committer is given when it is made. */
public interface CommitterInitContext extends InitContext {
    /**
     * The metrics of this committer: the engine counts its committables in them, by what the
     * committer says of each.
     */
    SinkCommitterMetricGroup metricGroup();
}
