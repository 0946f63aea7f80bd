package io.millrace.host.rest;

import io.millrace.coordinator.ClusterView;
import io.millrace.runtime.plan.JobId;

/** What the REST interface serves. Thread-safe; no method waits. */
public interface RestContent {
    /** The latest published view. */
    ClusterView view();

    /** Milliseconds since the epoch when this coordinator began. */
    long startedAtMs();

    /** The same clock as in the view, for durations of what still runs. */
    long nowMs();

    /**
     * Asks for a cancellation; the view shows when it is done.
     *
     * @param who for the record
     */
    void cancel(JobId jobId, String who);
}
