package io.millrace.yarn.master;

import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.operation.Operation;
import io.millrace.host.rest.RestContent;
import io.millrace.runtime.plan.JobId;
import java.util.List;

/**
 * Lets the REST interface start beside the coordinator that it will show. Thread-safe. Nobody knows
 * its address before the application master registers, and that comes after {@link #show}.
 */
final class LateContent implements RestContent {
    /** Set once by the main thread, read by those that answer requests. */
    private volatile RestContent content;

    void show(RestContent content) {
        this.content = content;
    }

    @Override
    public ClusterView view() {
        return shown().view();
    }

    @Override
    public long startedAtMs() {
        return shown().startedAtMs();
    }

    @Override
    public long nowMs() {
        return shown().nowMs();
    }

    @Override
    public List<String> troubles() {
        return shown().troubles();
    }

    @Override
    public void cancel(JobId jobId, String who) {
        shown().cancel(jobId, who);
    }

    @Override
    public void request(Operation operation) {
        shown().request(operation);
    }

    private RestContent shown() {
        RestContent known = content;
        if (known == null) {
            throw new IllegalStateException("the application master is still starting");
        }
        return known;
    }
}
