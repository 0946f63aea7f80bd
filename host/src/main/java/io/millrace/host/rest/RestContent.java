package io.millrace.host.rest;

import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.operation.Operation;
import io.millrace.runtime.plan.JobId;
import java.util.List;

/** What the REST interface serves. Thread-safe; no method waits. */
public interface RestContent {
    /** The latest published view. */
    ClusterView view();

    /** Milliseconds since the epoch when this coordinator began. */
    long startedAtMs();

    /** The same clock as in the view, for durations of what still runs. */
    long nowMs();

    /** What goes wrong around the jobs now, in words for an operator; empty if nothing does. */
    List<String> troubles();

    /**
     * Asks for a cancellation; the view shows when it is done.
     *
     * @param who for the record
     */
    void cancel(JobId jobId, String who);

    /**
     * Asks for an operation, whose id may be known already; returns when it is in the journal. The
     * view shows how it ends.
     *
     * @throws io.millrace.api.error.MillraceException {@code LEADERSHIP_LOST} if that is not known
     */
    void request(Operation operation);
}
